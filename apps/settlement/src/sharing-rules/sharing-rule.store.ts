import type { LocalDate, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { SharingRule, SharingRules } from './sharing-rule.decision.js';

type NewSharingRule = SharingRule & Readonly<{ programmeId: ProgrammeId; eventId: string }>;

export async function insertSharingRule(tx: Tx, rule: NewSharingRule): Promise<void> {
  const { programmeId, version, from, operatorCapBasisPoints, localBasisPoints, deciders, eventId } = rule;
  await tx.sql.$executeRaw`
    insert into settlement.sharing_rule (programme_id, version, effective_from, operator_cap_basis_points, local_basis_points, deciders, event_id,
      published_by, published_at)
    values (${programmeId}::uuid, ${version}, ${from}::date, ${operatorCapBasisPoints}, ${localBasisPoints}, ${[...deciders]}::text[], ${eventId}::uuid,
      ${personOf(tx)}, ${tx.now})`;
}

/** Newest first. */
export const sharingRulesOf = (sql: Sql, programmeId: ProgrammeId): Promise<SharingRule[]> => sql.$queryRaw<SharingRule[]>`
  select version, effective_from::text as "from", operator_cap_basis_points as "operatorCapBasisPoints", local_basis_points as "localBasisPoints",
    deciders
  from settlement.sharing_rule where programme_id = ${programmeId}::uuid order by version desc`;

/** Those in force on a day: of each programme the version whose day came last. */
export async function sharingRulesOn(sql: Sql, day: LocalDate): Promise<SharingRules> {
  const rows = await sql.$queryRaw<(SharingRule & { programmeId: ProgrammeId })[]>`
    select distinct on (programme_id) programme_id as "programmeId", version, effective_from::text as "from",
      operator_cap_basis_points as "operatorCapBasisPoints", local_basis_points as "localBasisPoints", deciders
    from settlement.sharing_rule where effective_from <= ${day}::date order by programme_id, version desc`;
  return new Map(rows.map(({ programmeId, ...rule }) => [programmeId, rule]));
}
