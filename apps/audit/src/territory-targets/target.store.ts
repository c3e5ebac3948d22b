import type { ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Target } from './target.decision.js';

export type TargetsOf = Readonly<{ programmeId: ProgrammeId; year: number }>;

/** With who set it, and when. */
export type SetTargetRow = Target & Readonly<{ setBy: string; setAt: Date }>;

/** In force: the latest version of each area. */
export const listTargets = (sql: Sql, { programmeId, year }: TargetsOf): Promise<SetTargetRow[]> => sql.$queryRaw<SetTargetRow[]>`
  select distinct on (kind, code) kind, code, version, redemptions, reason, said_by as "setBy", said_at as "setAt" from audit.territory_target
  where programme_id = ${programmeId}::uuid and year = ${year} order by kind, code, version desc`;

/** Two versions at once would both call themselves the next. */
export async function lockTargets(tx: Tx, programmeId: ProgrammeId): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`mereau.audit.targets:${programmeId}`}, 0))`;
}

/** 0: none yet. */
export async function lastVersionOf(tx: Tx, { programmeId, year }: TargetsOf, { kind, code }: Pick<Target, 'kind' | 'code'>): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    select coalesce(max(version), 0)::int as version from audit.territory_target
    where programme_id = ${programmeId}::uuid and year = ${year} and kind = ${kind} and code = ${code}`;
  return row!.version;
}

export async function insertTarget(tx: Tx, { programmeId, year }: TargetsOf, target: Target): Promise<void> {
  const { kind, code, version, redemptions, reason } = target;
  await tx.sql.$executeRaw`
    insert into audit.territory_target (programme_id, year, kind, code, version, redemptions, reason, said_by, said_at)
    values (${programmeId}::uuid, ${year}, ${kind}, ${code}, ${version}, ${redemptions}, ${reason}, ${tx.origin.actor.id}, ${tx.now})`;
}
