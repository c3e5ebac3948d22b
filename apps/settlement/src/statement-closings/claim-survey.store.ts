// What a closing asks of all claim lines before it closes any: whether both sides count the same, whether each fee rule is there, and
// who has lines that no statement covers.
import { cents } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { ClosingState, PlaceDifference } from './close-statements.decision.js';
import type { OpenClaims } from './open-claims.store.js';

/** `isNew`: nothing of the payee was ever in a statement. */
export type SurveyedClaims = OpenClaims & Readonly<{ isNew: boolean }>;
export type ClaimSurvey = Pick<ClosingState, 'differences' | 'missingRule'> & Readonly<{ openClaims: readonly SurveyedClaims[] }>;
type DifferenceWire = Omit<PlaceDifference, 'theirCents' | 'ourCents'> & Readonly<{ theirCents: number; ourCents: number }>;
type SurveyWire = Readonly<{
  differences: readonly DifferenceWire[] | null; missingRule: NonNullable<ClosingState['missingRule']> | null;
  openClaims: readonly SurveyedClaims[] | null;
}>;

/**
 * One pass over the table, by several processes of the server: it makes a line of each place, account and fee rule, which are few, and
 * everything is asked of those. A place has one payee for all its lines. `last` is not kept aside: a kept one would bind the pass to one
 * process.
 *
 * `differences`: places where redemption and our lines, up to that number, do not say the same count or cents; a redemption and its
 * undoing count as none. `missingRule`: that lines after the last closing name and nobody published. `openClaims`: who may have lines that
 * no statement covers, and about how many: by their numbers, held or not, and by the holds that were released, and the incidents that
 * were validated. It says what to look at and in what steps; which lines are due is asked in each step.
 */
export async function surveyClaims(
  sql: Sql, { upToSeq, closedUpTo }: Readonly<{ upToSeq: number; closedUpTo: number }>,
): Promise<ClaimSurvey> {
  const [row] = await sql.$queryRaw<SurveyWire[]>`
    with last as not materialized (select payee_id, custody_account_id, max(up_to_seq) as seq from settlement.statement group by 1, 2),
    line as materialized (
      select c.place_id, c.custody_account_id, c.programme_id, c.fee_rule_version,
        count(*) filter (where c.gross > 0) - count(*) filter (where c.gross < 0) as count, sum(c.gross) as amount,
        count(*) filter (where l.seq is null or c.source_seq > l.seq) as open, max(c.source_seq) as last_seq
      from settlement.claim_line c left join (
        select s.place_id, last.custody_account_id, last.seq from last join settlement.payee_site s on s.payee_id = last.payee_id) l
        on l.place_id = c.place_id and l.custody_account_id = c.custody_account_id
      where c.source_seq <= ${upToSeq} group by 1, 2, 3, 4),
    difference as (
      select place_id as "placeId", coalesce(theirs.count, 0) as "theirCount", coalesce(theirs.amount, 0) as "theirCents",
        coalesce(ours.count, 0) as "ourCount", coalesce(ours.amount, 0) as "ourCents"
      from (select place_id, count, amount from settlement.redemption_total where up_to_seq = ${upToSeq}) theirs
      full join (select place_id, sum(count) as count, sum(amount) as amount from line group by 1) ours using (place_id)
      where (coalesce(theirs.count, 0), coalesce(theirs.amount, 0)) <> (coalesce(ours.count, 0), coalesce(ours.amount, 0))),
    missing as (
      select distinct programme_id as "programmeId", fee_rule_version as version from line l
      where last_seq > ${closedUpTo} and not exists (
        select from settlement.fee_rule r where r.programme_id = l.programme_id and r.version = l.fee_rule_version)
      order by 1, 2 limit 1),
    released as (
      select h.payee_id, h.custody_account_id, sum(h.line_count) as lines from settlement.hold h
      join settlement.hold_decision d on d.hold_id = h.id and d.due_seq <= ${upToSeq}
      left join last l on l.payee_id = h.payee_id and l.custody_account_id = h.custody_account_id
      where d.due_seq > coalesce(l.seq, 0) group by 1, 2),
    corrected as (
      select i.payee_id, i.custody_account_id, count(*) as lines from settlement.incident i
      join settlement.incident_decision d on d.incident_id = i.id and d.due_seq <= ${upToSeq}
      left join last l on l.payee_id = i.payee_id and l.custody_account_id = i.custody_account_id
      where d.due_seq > coalesce(l.seq, 0) group by 1, 2),
    open as (
      select payee_id as "payeeId", custody_account_id as "custodyAccountId", sum(lines) as lines,
        payee_id not in (select payee_id from last) as "isNew"
      from (select s.payee_id, l.custody_account_id, l.open as lines
          from line l join settlement.payee_site s on s.place_id = l.place_id where l.open > 0
        union all select * from released union all select * from corrected) o group by 1, 2)
    select (select jsonb_agg(d order by "placeId") from difference d) as differences, (select to_jsonb(m) from missing m) as "missingRule",
      (select jsonb_agg(o order by "payeeId", "custodyAccountId") from open o) as "openClaims"`;
  const { differences, missingRule, openClaims } = row!;
  return {
    differences: (differences ?? []).map(({ theirCents, ourCents, ...place }) =>
      ({ ...place, theirCents: cents(theirCents), ourCents: cents(ourCents) })),
    missingRule: missingRule ?? undefined, openClaims: openClaims ?? [],
  };
}
