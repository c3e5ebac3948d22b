import type { Sql } from '#libs/persistence';
import { RIGHTS_EVENTS_MAX } from '../limits.js';
import type { RightsEvent } from './rights.decision.js';

export type RightsOf = Readonly<{ userId: string }> | Readonly<{ organisationId: string }>;

/** What identity told of a person with the organisations that they joined, or of an organisation with its people; the oldest first. */
export const rightsEvents = (sql: Sql, of: RightsOf): Promise<RightsEvent[]> => ('userId' in of ? eventsOfPerson(sql, of.userId) : eventsOfOrganisation(sql, of.organisationId));

const eventsOfPerson = (sql: Sql, userId: string): Promise<RightsEvent[]> => sql.$queryRaw<RightsEvent[]>`
  with told as (
    select id, seq, type, occurred_at, actor, body from audit.event where sender = 'identity' and body ->> 'userId' = ${userId} and type not in ('mandate.read.v1', 'impersonation.read.v1')
    order by seq limit ${RIGHTS_EVENTS_MAX})
  select id as "eventId", type, occurred_at as at, actor, body from (
    select * from told
    union all
    select e.id, e.seq, e.type, e.occurred_at, e.actor, e.body from audit.event e
    where e.sender = 'identity' and e.type in ('organisation.created.v1', 'mandate.given.v1', 'mandate.ended.v1')
      and e.body ->> 'organisationId' in (select body ->> 'organisationId' from told where type = 'member.added.v1')) t
  order by seq`;

const eventsOfOrganisation = (sql: Sql, organisationId: string): Promise<RightsEvent[]> => sql.$queryRaw<RightsEvent[]>`
  select id as "eventId", type, occurred_at as at, actor, body from audit.event
  where sender = 'identity' and body ->> 'organisationId' = ${organisationId} and type not in ('mandate.read.v1', 'impersonation.read.v1') order by seq limit ${RIGHTS_EVENTS_MAX}`;
