// The SQL of imported payers, by chunks of rows.
import type { FileImportId, PayerId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { KnownPayer, Territory } from './payer-row.decision.js';

export type FoundPayer = KnownPayer & Readonly<{ territories: readonly Territory[] }>;

/** In the order of their registration. */
export function payersOf(tx: Tx, sirens: readonly string[], territories: readonly Territory[]): Promise<FoundPayer[]> {
  return tx.sql.$queryRaw<FoundPayer[]>`
    select p.id as "payerId", p.name, p.siren, p.siret, p.made_by as "madeBy", coalesce((
      select jsonb_agg(jsonb_build_object('kind', t.kind, 'code', t.code, 'name', t.name)) from issuance.payer_territory t where t.payer_id = p.id
    ), '[]') as territories
    from issuance.payer p
    where p.siren = any(${sirens}::text[]) or p.id in (
      select t.payer_id from issuance.payer_territory t
      join unnest(${territories.map(({ kind }) => kind)}::text[], ${territories.map(({ code }) => code)}::text[]) as asked(kind, code)
        on t.kind = asked.kind and t.code = asked.code)
    order by p.id`;
}

export async function insertImportedPayers(tx: Tx, payers: readonly KnownPayer[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.payer (id, name, siren, siret, made_by, created_at)
    select r."payerId", r.name, r.siren, r.siret, r."madeBy", ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(payers)}::jsonb) as r("payerId" uuid, name text, siren text, siret text, "madeBy" uuid)`;
}

export type NewTerritory = Territory & Readonly<{ payerId: PayerId }>;

export async function insertTerritories(tx: Tx, importId: FileImportId, territories: readonly NewTerritory[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.payer_territory (kind, code, payer_id, name, made_by)
    select r.kind, r.code, r."payerId", r.name, ${importId}::uuid
    from jsonb_to_recordset(${JSON.stringify(territories)}::jsonb) as r(kind text, code text, "payerId" uuid, name text)`;
}
