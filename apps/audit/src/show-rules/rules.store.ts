import type { Sql } from '#libs/persistence';
import { OPERATOR_ZONE, RULES_MAX } from '../limits.js';
import { RULE_TYPES, type RuleEvent } from './rules.decision.js';

/** What was ever told of a programme and, where one is named, of a place; with the rules that hold for every programme. */
export const ruleEvents = (sql: Sql, programmeId: string, placeId: string | null): Promise<RuleEvent[]> => sql.$queryRaw<RuleEvent[]>`
  select id as "eventId", type, occurred_at as at, (occurred_at at time zone ${OPERATOR_ZONE})::date::text as "saidOn", body
  from audit.event
  where type = any (${RULE_TYPES}::text[]) and case when type = 'tariff.published.v1' then body ->> 'placeId' = ${placeId}
    else coalesce(body ->> 'programmeId', ${programmeId}) = ${programmeId} end
  order by occurred_at, id limit ${RULES_MAX}`;
