import type { AlertId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { AlertFact, AlertFilter, ListedAlert, WatchStanding } from './list-alerts.query.js';

export function listAlerts(sql: Sql, { state, placeId, alertId, before, rowsMax }: AlertFilter): Promise<ListedAlert[]> {
  return sql.$queryRaw<ListedAlert[]>`
    select a.id as "alertId", a.rule, a.rule_version as "ruleVersion", a.severity, coalesce(d.outcome, 'open') as state, a.place_id as "placeId",
      w.name as "placeName", a.device_id as "deviceId", a.distributor_id as "distributorId", a.window_from::text as "windowFrom",
      a.window_to::text as "windowTo", a.measured, a.fact_count as "factCount", a.amount::float8 as "amountCents", a.first_at as "firstAt",
      a.last_at as "lastAt", a.raised_at as "raisedAt", d.explanation, d.text_fr as "textFr", d.text_en as "textEn", d.decided_by as "decidedBy",
      d.decided_at as "decidedAt", p.id as "appealId", p.grounds, p.answer_due::text as "answerDue", n.outcome as "appealOutcome", n.reasons
    from audit.alert a
    left join audit.watched_place w on w.place_id = a.place_id
    left join audit.alert_decision d on d.alert_id = a.id
    left join audit.alert_appeal p on p.alert_id = a.id
    left join audit.alert_appeal_answer n on n.appeal_id = p.id
    where (${state}::text is null or coalesce(d.outcome, 'open') = ${state}::text)
      and (${placeId}::uuid is null or a.place_id = ${placeId}::uuid) and (${alertId}::uuid is null or a.id = ${alertId}::uuid)
      and (${before === null}::boolean or (a.severity, a.amount, a.id) < (${before?.severity ?? null}::int, ${before?.amountCents ?? null}::bigint,
        ${before?.alertId ?? null}::uuid))
    order by a.severity desc, a.amount desc, a.id desc limit ${rowsMax}::int`;
}

export function factsOfAlert(sql: Sql, alertId: AlertId): Promise<AlertFact[]> {
  return sql.$queryRaw<AlertFact[]>`
    select f.event_id as "eventId", e.type, coalesce(r.at, e.occurred_at) as at, l.log_index::float8 as "logIndex", r.batch_id as "batchId",
      r.voucher_index as "voucherIndex", r.amount::float8 as "amountCents", r.undone
    from audit.alert_fact f join audit.event e on e.id = f.event_id cross join lateral audit.place_of(e.sender, e.seq) l
    left join audit.watched_redemption r on r.redemption_id = f.event_id
    where f.alert_id = ${alertId}::uuid order by 3, 1`;
}

export async function standingOfWatch(sql: Sql): Promise<WatchStanding> {
  const [row] = await sql.$queryRaw<WatchStanding[]>`
    select (select max(size) from audit.sealing)::float8 as sealed, next_index::float8 as watched from audit.watch_position`;
  return row!;
}
