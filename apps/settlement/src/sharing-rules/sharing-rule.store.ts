import type { LocalDate, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { COMMONS_POOL } from '../limits.js';
import { personOf } from '../settlement.work.js';
import type { AskedRule, OneRule, RuledPool } from './sharing-rule.commands.js';
import type { KeptRule, SharingRule, SharingRules } from './sharing-rule.decision.js';

export async function insertSharingRule(tx: Tx, rule: AskedRule, version: number): Promise<void> {
  const { programmeId, from, operatorCapBasisPoints, localBasisPoints, deciders } = rule;
  if (programmeId === null) {
    await tx.sql.$executeRaw`
      insert into settlement.national_pool_rule (version, effective_from, deciders, published_by, published_at)
      values (${version}, ${from}::date, ${[...deciders]}::text[], ${personOf(tx)}, ${tx.now})`;
    return;
  }
  await tx.sql.$executeRaw`
    insert into settlement.sharing_rule (programme_id, version, effective_from, operator_cap_basis_points, local_basis_points, deciders,
      published_by, published_at)
    values (${programmeId}::uuid, ${version}, ${from}::date, ${operatorCapBasisPoints}, ${localBasisPoints}, ${[...deciders]}::text[],
      ${personOf(tx)}, ${tx.now})`;
}

export async function insertRuleDecision(
  tx: Tx, { programmeId, version }: OneRule, outcome: 'confirmed' | 'withdrawn', eventId: string | null,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.pool_rule_decision (pool, version, outcome, event_id, decided_by, decided_at)
    values (${programmeId ?? COMMONS_POOL}, ${version}, ${outcome}, ${eventId}::uuid, ${personOf(tx)}, ${tx.now})`;
}

/** Of one pool, newest first, whatever became of them. */
export const keptRules = async (sql: Sql, programmeId: RuledPool): Promise<readonly KeptRule[]> =>
  (await keptRulesOf(sql, [programmeId])).get(programmeId)!;

/** Of each of these pools. */
export async function keptRulesOf(sql: Sql, pools: readonly RuledPool[]): Promise<ReadonlyMap<RuledPool, readonly KeptRule[]>> {
  const programmeIds = pools.filter((programmeId) => programmeId !== null);
  const rows = await sql.$queryRaw<(KeptRule & { programmeId: RuledPool })[]>`
    select r.programme_id as "programmeId", r.version, r.effective_from::text as "from", r.cap as "operatorCapBasisPoints", r.local as "localBasisPoints", r.deciders,
      r.published_by as "proposedBy", c.decided_by as "confirmedBy",
      case when w.version is not null then 'withdrawn' when c.version is not null then 'confirmed' else 'proposed' end as state
    from (
      select programme_id, programme_id::text as pool, version, effective_from, operator_cap_basis_points as cap, local_basis_points as local, deciders,
        published_by
      from settlement.sharing_rule where programme_id = any(${programmeIds}::uuid[])
      union all select null, ${COMMONS_POOL}, version, effective_from, null, null, deciders, published_by
      from settlement.national_pool_rule where ${pools.includes(null)}) r
    left join settlement.pool_rule_decision c on c.pool = r.pool and c.version = r.version and c.outcome = 'confirmed'
    left join settlement.pool_rule_decision w on w.pool = r.pool and w.version = r.version and w.outcome = 'withdrawn'
    order by r.version desc`;
  return new Map(pools.map((pool) => [pool, rows.filter((row) => row.programmeId === pool).map(({ programmeId: _, ...rule }) => rule)]));
}

/** Those that stand, newest first: confirmed, and not taken back. */
export const sharingRulesOf = (sql: Sql, programmeId: ProgrammeId): Promise<SharingRule[]> => sql.$queryRaw<SharingRule[]>`
  select version, effective_from::text as "from", operator_cap_basis_points as "operatorCapBasisPoints", local_basis_points as "localBasisPoints",
    deciders
  from settlement.standing_sharing_rule where programme_id = ${programmeId}::uuid order by version desc`;

/** Those in force on a day: of each programme the version whose day came last. */
export async function sharingRulesOn(sql: Sql, day: LocalDate): Promise<SharingRules> {
  const rows = await sql.$queryRaw<(SharingRule & { programmeId: ProgrammeId })[]>`
    select distinct on (programme_id) programme_id as "programmeId", version, effective_from::text as "from",
      operator_cap_basis_points as "operatorCapBasisPoints", local_basis_points as "localBasisPoints", deciders
    from settlement.standing_sharing_rule where effective_from <= ${day}::date order by programme_id, version desc`;
  return new Map(rows.map(({ programmeId, ...rule }) => [programmeId, rule]));
}

export type DecidersRule = Readonly<{ version: number; deciders: readonly string[] }>;

/** Who decides about a pool on a day; undefined where no rule says so. */
export async function decidersOn(sql: Sql, programmeId: RuledPool, day: LocalDate): Promise<DecidersRule | undefined> {
  const [row] = programmeId === null
    ? await sql.$queryRaw<DecidersRule[]>`
      select version, deciders from settlement.standing_national_pool_rule where effective_from <= ${day}::date order by version desc limit 1`
    : await sql.$queryRaw<DecidersRule[]>`
      select version, deciders from settlement.standing_sharing_rule where programme_id = ${programmeId}::uuid and effective_from <= ${day}::date
      order by version desc limit 1`;
  return row;
}
