import type { Sql } from '#libs/persistence';
import type { AppealsAsked, AppealView } from './show-appeals.query.js';

export const listAppeals = (sql: Sql, { before, rowsMax, placeId, open }: AppealsAsked): Promise<AppealView[]> =>
  sql.$queryRaw<AppealView[]>`
    select a.id as "appealId", a.place_id as "placeId", c.kind, c.decision_id as "decisionId", a.grounds, a.stated_at as "statedAt",
      a.answer_due::text as "answerDue", w.outcome, w.reasons, w.answered_at as "answeredAt", w.answered_by as "answeredBy"
    from redemption.appeal a join redemption.contestable c on c.decision_id = coalesce(a.measure_id, a.refusal_id)
    left join redemption.appeal_answer w on w.appeal_id = a.id
    where (${before}::uuid is null or a.id < ${before}::uuid) and (${placeId}::uuid is null or a.place_id = ${placeId}::uuid)
      and (${open}::boolean is null or (w.appeal_id is null) = ${open}::boolean)
    order by a.id desc limit ${rowsMax}::int`;
