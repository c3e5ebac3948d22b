import type { PayerId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

/** Communes and départements that this payer is the council of, by their INSEE codes; of larger bodies none. */
export async function areasOfPayer(sql: Sql, payerId: PayerId): Promise<string[]> {
  const rows = await sql.$queryRaw<{ code: string }[]>`
    select t.code from issuance.payer_territory t
    where t.payer_id = ${payerId}::uuid and t.kind in ('commune', 'departement') order by t.code`;
  return rows.map(({ code }) => code);
}
