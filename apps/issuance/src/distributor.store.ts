import type { DistributorId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export type Distributor = Readonly<{ distributorId: DistributorId; name: string; siret: string; communes: readonly string[] }>;

/** False when a distributor with this SIRET is there already. */
export async function insertDistributor(
  tx: Tx, { distributorId, name, siret, communes }: Distributor, createdBy: string,
): Promise<boolean> {
  const inserted = await tx.sql.$executeRaw`
    insert into issuance.distributor (id, name, siret, communes, created_by, created_at)
    values (${distributorId}::uuid, ${name}, ${siret}, ${communes}::text[], ${createdBy}, ${tx.now})
    on conflict on constraint distributor_once do nothing`;
  return inserted === 1;
}

export async function distributorExists(sql: Sql, distributorId: DistributorId): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`select 1 from issuance.distributor d where d.id = ${distributorId}::uuid`;
  return rows.length > 0;
}

export async function listDistributors(sql: Sql, after: DistributorId | null, rowsMax: number): Promise<Distributor[]> {
  return sql.$queryRaw<Distributor[]>`
    select d.id as "distributorId", d.name, d.siret, d.communes from issuance.distributor d
    where (${after}::uuid is null or d.id > ${after}::uuid) order by d.id limit ${rowsMax}::int`;
}
