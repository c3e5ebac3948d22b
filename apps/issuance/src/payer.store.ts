import type { PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

/** Held by whoever adds payers: a list and a hand that register one body at once must see each other. */
export const PAYERS_LOCK = 'payers';

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

export type PayerView = Payer & Readonly<{ territories: readonly Readonly<{ kind: string; code: string; name: string }>[] }>;
export type PayersAsked = Readonly<{ after: PayerId | null; rowsMax: number; search: string | null;
  /** This one only. */
  payerId?: PayerId;
}>;

export async function listPayers(sql: Sql, { after, rowsMax, search, payerId }: PayersAsked): Promise<PayerView[]> {
  return sql.$queryRaw<PayerView[]>`
    select p.id as "payerId", p.name, p.siren, p.siret, coalesce((
      select jsonb_agg(jsonb_build_object('kind', t.kind, 'code', t.code, 'name', t.name) order by t.kind, t.code)
      from issuance.payer_territory t where t.payer_id = p.id), '[]') as territories
    from issuance.payer p
    where (${after}::uuid is null or p.id > ${after}::uuid) and (${payerId ?? null}::uuid is null or p.id = ${payerId ?? null}::uuid) and (${search}::text is null
      or p.name ilike '%' || ${search}::text || '%' or p.siren = ${search}::text or p.siret = ${search}::text
      or exists (select from issuance.payer_territory t where t.payer_id = p.id
        and (t.name ilike '%' || ${search}::text || '%' or t.code = ${search}::text)))
    order by p.id limit ${rowsMax}::int`;
}
