import { cents, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { EarlyPaymentRule, EarlyPaymentTerms } from './early-payment-rule.decision.js';

export async function insertEarlyPaymentRule(
  tx: Tx, rule: EarlyPaymentRule & Readonly<{ programmeId: ProgrammeId; eventId: string }>,
): Promise<void> {
  const { programmeId, version, from, shareBasisPoints, ceiling, monthsMin, redemptionsMin, eventId } = rule;
  await tx.sql.$executeRaw`
    insert into settlement.early_payment_rule (programme_id, version, effective_from, share_basis_points, ceiling, months_min, redemptions_min,
      currency, event_id, published_by, published_at)
    values (${programmeId}::uuid, ${version}, ${from}::date, ${shareBasisPoints}, ${ceiling}, ${monthsMin}, ${redemptionsMin},
      'EUR', ${eventId}::uuid, ${personOf(tx)}, ${tx.now})`;
}

type Row = Omit<EarlyPaymentRule, 'ceiling'> & { ceiling: bigint };

/** Newest first. */
export async function earlyPaymentRulesOf(sql: Sql, programmeId: ProgrammeId): Promise<EarlyPaymentRule[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select version, effective_from::text as "from", share_basis_points as "shareBasisPoints", ceiling, months_min as "monthsMin",
      redemptions_min as "redemptionsMin"
    from settlement.early_payment_rule where programme_id = ${programmeId}::uuid order by version desc`;
  return rows.map((row) => ({ ...row, ceiling: cents(row.ceiling) }));
}

/** Those in force on a day: of each programme the version whose day came last. */
export async function earlyPaymentTermsOn(sql: Sql, day: LocalDate): Promise<ReadonlyMap<ProgrammeId, EarlyPaymentTerms>> {
  const rows = await sql.$queryRaw<(Omit<Row, 'version' | 'from'> & { programmeId: ProgrammeId })[]>`
    select distinct on (programme_id) programme_id as "programmeId", share_basis_points as "shareBasisPoints", ceiling, months_min as "monthsMin",
      redemptions_min as "redemptionsMin"
    from settlement.early_payment_rule where effective_from <= ${day}::date order by programme_id, version desc`;
  return new Map(rows.map(({ programmeId, ...terms }) => [programmeId, { ...terms, ceiling: cents(terms.ceiling) }]));
}
