import type { Sql } from '#libs/persistence';
import type { ApplicationsAsked, ApplicationView } from './show-applications.query.js';

/** What a place is still writing is not read by others: they see what it submitted last. */
export const listApplications = (
  sql: Sql, { before, rowsMax, placeId, withDrafts, state }: ApplicationsAsked,
): Promise<ApplicationView[]> =>
  sql.$queryRaw<ApplicationView[]>`
    select a.id as "applicationId", a.place_id as "placeId", a.programme_id as "programmeId", a.questionnaire_version as "questionnaireVersion",
      a.state, a.created_at as "createdAt",
      case when ${withDrafts}::boolean then a.answers else coalesce(l.answers, '{}') end as answers,
      case when ${withDrafts}::boolean then a.documents else coalesce(l.documents, '[]') end as documents,
      jsonb_build_object('threshold', q.threshold, 'questions', q.questions, 'documents', q.documents) as questionnaire,
      (select coalesce(jsonb_agg(jsonb_build_object('stepId', s.id, 'step', s.step, 'explanation', s.explanation, 'points', s.points,
          'accreditationVersion', s.accreditation_version, 'takenBy', s.taken_by,
          'takenAt', to_char(s.taken_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.id), '[]')
        from redemption.application_step s where s.application_id = a.id) as steps
    from redemption.application a
    join redemption.questionnaire q on q.programme_id = a.programme_id and q.version = a.questionnaire_version
    left join lateral (select s.answers, s.documents from redemption.application_step s
      where s.application_id = a.id and s.step = 'submitted' order by s.id desc limit 1) l on true
    where (${before}::uuid is null or a.id < ${before}::uuid) and (${placeId}::uuid is null or a.place_id = ${placeId}::uuid)
      and (${withDrafts}::boolean or a.state <> 'draft') and (${state}::text is null or a.state = ${state}::text)
    order by a.id desc limit ${rowsMax}::int`;
