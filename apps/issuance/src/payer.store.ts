import type { PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export type Payer = Readonly<{ payerId: PayerId; name: string; siren: string; siret: string | null }>;

/** False when a payer with this SIREN and SIRET is there already. */
export async function insertPayer(tx: Tx, { payerId, name, siren, siret }: Payer): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into issuance.payer (id, name, siren, siret, created_at)
    values (${payerId}::uuid, ${name}, ${siren}, ${siret}, ${tx.now})
    on conflict on constraint payer_once do nothing`;
  return inserted === 1;
}

export async function countPayers(sql: Sql, payerIds: readonly PayerId[]): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from issuance.payer p where p.id = any(${payerIds}::uuid[])`;
  return row!.count;
}

export async function listPayers(sql: Sql, after: PayerId | null, rowsMax: number): Promise<Payer[]> {
  return sql.$queryRaw<Payer[]>`
    select p.id as "payerId", p.name, p.siren, p.siret from issuance.payer p
    where (${after}::uuid is null or p.id > ${after}::uuid) order by p.id limit ${rowsMax}::int`;
}
