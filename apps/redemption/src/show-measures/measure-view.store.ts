import type { Sql } from '#libs/persistence';
import type { MeasuresAsked, MeasureView } from './show-measures.query.js';

export const listMeasures = (sql: Sql, { before, rowsMax, placeId, open }: MeasuresAsked): Promise<MeasureView[]> =>
  sql.$queryRaw<MeasureView[]>`
    select m.id as "measureId", m.place_id as "placeId", m.programme_id as "programmeId", m.kind, m.from_day::text as "from",
      s.until_day::text as "until", m.reason, m.explanation, m.decided_by as "decidedBy", m.decided_at as "decidedAt",
      (select coalesce(jsonb_agg(jsonb_build_object('how', e.how, 'from', e.from_day, 'explanation', e.explanation) order by e.ended_at), '[]')
        from redemption.measure_end e where e.measure_id = m.id) as ends
    from redemption.measure m join redemption.measure_span s on s.id = m.id
    where (${before}::uuid is null or m.id < ${before}::uuid) and (${placeId}::uuid is null or m.place_id = ${placeId}::uuid)
      and (${open}::boolean is null or (s.until_day is null) = ${open}::boolean)
    order by m.id desc limit ${rowsMax}::int`;
