import type { Sql } from '#libs/persistence';
import type { Reader } from '../reader.js';
import type { HoldFilter, ListedHeldLine, ListedHold, ListHeldLines } from './list-holds.query.js';

/** `now`: the moment of a play; without it, the database's own. */
export function listHolds(sql: Sql, { placeId }: Reader, filter: HoldFilter, now: Date | null): Promise<ListedHold[]> {
  const { before, rowsMax, holdId, state, payeeId } = filter;
  return sql.$queryRaw<ListedHold[]>`
    select h.id, h.payee_id as "payeeId", p.legal_name as "legalName", h.custody_account_id as "custodyAccountId", h.up_to_seq as "upToSeq",
      c.period, h.reason, h.measure_id as "measureId",
      (select m.reason from settlement.known_measure m where m.measure_id = h.measure_id) as "measureReason",
      h.alert_id as "alertId", a.text_fr as "alertTextFr", a.text_en as "alertTextEn", settlement.alert_appeal(h.alert_id) as appeal, h.line_count as "lineCount", h.gross, h.held_at as "heldAt",
      floor(extract(epoch from coalesce(d.decided_at, ${now}::timestamptz, clock_timestamp()) - h.held_at) / 86400)::int as "ageDays",
      coalesce(d.outcome, 'held') as state, d.reason as "rejectedFor", d.note, d.decided_by as "decidedBy", d.decided_at as "decidedAt",
      d.due_seq as "dueSeq"
    from settlement.hold h
    join settlement.payee p on p.id = h.payee_id
    join settlement.statement_closing c on c.up_to_seq = h.up_to_seq
    left join settlement.hold_decision d on d.hold_id = h.id
    left join settlement.known_alert a on a.alert_id = h.alert_id
    where (${before}::uuid is null or h.id < ${before}::uuid) and (${holdId}::uuid is null or h.id = ${holdId}::uuid)
      and (${payeeId}::uuid is null or h.payee_id = ${payeeId}::uuid)
      and (${state}::text is null or coalesce(d.outcome, 'held') = ${state}::text)
      and (${placeId}::uuid is null or exists (
        select from settlement.payee_site site where site.payee_id = h.payee_id and site.place_id = ${placeId}::uuid))
    order by h.id desc limit ${rowsMax}::int`;
}

export const listHeldLines = (sql: Sql, { holdId, afterSeq, rowsMax }: ListHeldLines['page']): Promise<ListedHeldLine[]> =>
  sql.$queryRaw<ListedHeldLine[]>`
    select c.id as "claimLineId", c.redemption_id as "redemptionId", c.source_seq::float8 as "sourceSeq", c.place_id as "placeId",
      c.programme_id as "programmeId", c.service_date::text as "serviceDate", c.redeemed_at as "redeemedAt", c.gross
    from settlement.held_line l join settlement.claim_line c on c.id = l.claim_line_id
    where l.hold_id = ${holdId}::uuid and c.source_seq > ${afterSeq} order by c.source_seq limit ${rowsMax}::int`;
