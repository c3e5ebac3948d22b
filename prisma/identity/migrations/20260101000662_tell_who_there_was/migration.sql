-- Audit is told of organisations and people from now on (ADR 0056). Those of before are told once, as of when they came: who had which
-- rights is then one answer for all of time.
insert into identity.outbox (messages)
select jsonb_build_array(jsonb_build_object(
  'id', gen_random_uuid(), 'type', t.type, 'subject', t.subject, 'subjectVersion', 1,
  'occurredAt', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'causationId', null, 'correlationId', 'migration',
  'actor', jsonb_build_object('kind', case when t.by ~ '^[0-9a-f]{8}-' then 'user' else 'system' end, 'id', t.by), 'body', t.body))
from (
  select 1 as place, 'organisation.created.v1' as type, 'organisation:' || id as subject, created_at as at, created_by as by,
    jsonb_build_object('organisationId', id, 'kind', kind, 'partyId', party_id) as body
  from identity.organisation
  union all
  select 2, 'member.added.v1', 'user:' || user_id, created_at, created_by,
    jsonb_build_object('organisationId', organisation_id, 'userId', user_id, 'kind', kind, 'roles', roles)
  from identity.membership
  union all
  select 3, 'member.confirmed.v1', 'user:' || user_id, confirmed_at, confirmed_by,
    jsonb_build_object('organisationId', organisation_id, 'userId', user_id)
  from identity.membership_confirmation
  union all
  select 4, 'second_factor.changed.v1', 'user:' || user_id, confirmed_at, user_id::text,
    jsonb_build_object('userId', user_id, 'factorId', id, 'step', 'confirmed')
  from identity.second_factor where confirmed_at is not null and ended_at is null
) t order by t.at, t.place, t.subject;
