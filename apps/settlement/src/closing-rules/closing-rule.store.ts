import { cents, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { ClosingRule } from './closing-rule.decision.js';

export type NewClosingRule = ClosingRule & Readonly<{ programmeId: ProgrammeId; eventId: string }>;

export async function insertClosingRule(tx: Tx, rule: NewClosingRule): Promise<void> {
  const { programmeId, version, from, frequency, minimum, waitDaysMax, payDaysMax, eventId } = rule;
  await tx.sql.$executeRaw`
    insert into settlement.closing_rule (programme_id, version, effective_from, frequency, minimum, waits_days_max, pays_days_max, event_id,
      published_by, published_at)
    values (${programmeId}::uuid, ${version}, ${from}::date, ${frequency}, ${minimum}, ${waitDaysMax}, ${payDaysMax}, ${eventId}::uuid, ${personOf(tx)}, ${tx.now})`;
}

type RuleRow = Omit<ClosingRule, 'minimum'> & { minimum: bigint };

/** Newest first. */
export async function rulesOf(sql: Sql, programmeId: ProgrammeId): Promise<ClosingRule[]> {
  const rows = await sql.$queryRaw<RuleRow[]>`
    select version, effective_from::text as "from", frequency, minimum, waits_days_max as "waitDaysMax",
      pays_days_max as "payDaysMax"
    from settlement.closing_rule where programme_id = ${programmeId}::uuid order by version desc`;
  return rows.map((row) => ({ ...row, minimum: cents(row.minimum) }));
}

type RuleInJson = Omit<ClosingRule, 'minimum'> & { minimum: number };

/** A programme as closings know it. `name` and `claimableUntil` are null for one that issuance published before settlement listened. */
export type CalendarProgramme = Readonly<{
  programmeId: ProgrammeId; name: string | null; claimableUntil: LocalDate | null; rules: readonly ClosingRule[];
}>;

/** Those that have a rule, or that settlement knows to end. */
export async function calendarProgrammes(sql: Sql): Promise<CalendarProgramme[]> {
  const rows = await sql.$queryRaw<(Omit<CalendarProgramme, 'rules'> & { rules: RuleInJson[] })[]>`
    select programme_id as "programmeId", k.name, k.claimable_until::text as "claimableUntil", coalesce(r.rules, '[]'::jsonb) as rules
    from settlement.known_programme k full join (
      select programme_id, jsonb_agg(jsonb_build_object('version', version, 'from', effective_from, 'frequency', frequency, 'minimum', minimum,
        'waitDaysMax', waits_days_max, 'payDaysMax', pays_days_max) order by version desc) as rules from settlement.closing_rule group by programme_id) r using (programme_id)
    order by programme_id`;
  return rows.map(({ rules, ...programme }) => ({ ...programme, rules: rules.map((rule) => ({ ...rule, minimum: cents(rule.minimum) })) }));
}
