// Who owes the charge of a year, and who was charged.
import type { PayeeId, PlaceChargeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { DueCharge } from '../place-charge-rules/place-charge-rule.decision.js';

/**
 * Completed payees of which a place may take vouchers on the day of the charge, and that have not been charged for its year. A place
 * known by its claims only, barred on that day, or gone by its own word, makes nobody owe; a payee that is no legal body yet may still
 * become part of another one.
 */
export const chargeablePayees = (sql: Sql, { year, chargedOn }: DueCharge, rowsMax: number): Promise<{ payeeId: PayeeId }[]> => sql.$queryRaw<{ payeeId: PayeeId }[]>`
  select distinct s.payee_id as "payeeId" from settlement.known_accreditation a
  join settlement.payee_site s on s.place_id = a.place_id join settlement.payee p on p.id = s.payee_id
  where p.siren is not null and settlement.takes_part(a, ${chargedOn}::date)
    and not exists (select from settlement.place_charge c where c.payee_id = s.payee_id and c.year = ${year})
  order by 1 limit ${rowsMax}::int`;

export type NewCharge = Readonly<{ chargeId: PlaceChargeId; payeeId: PayeeId; eventId: string }>;

export async function insertCharges(tx: Tx, { rule, year, chargedOn, fee, vat }: DueCharge, charges: readonly NewCharge[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.place_charge (id, payee_id, year, rule_version, charged_on, custody_account_id, fee, vat, currency, event_id, charged_at)
    select t."chargeId", t."payeeId", ${year}, ${rule.version}, ${chargedOn}::date, ${rule.custodyAccountId}::uuid, ${fee}, ${vat}, 'EUR', t."eventId", ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(charges)}::jsonb) as t("chargeId" uuid, "payeeId" uuid, "eventId" uuid)`;
}
