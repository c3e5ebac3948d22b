import type { Sql, Tx } from '#libs/persistence';
import type { UsedCode } from './code.decision.js';
import type { FactorKey } from './codes.js';

export type SecondFactor = FactorKey & Readonly<{ state: 'begun' | 'in_force' }>;

/** Of one person, two requests follow each other: the second sees what the first used or put in force. */
export async function lockSecondFactor(tx: Tx, userId: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:second-factor:${userId}`}, 0))`;
}

/** At most one of each state. */
export const secondFactorsOf = (sql: Sql, userId: string): Promise<SecondFactor[]> => sql.$queryRaw<SecondFactor[]>`
  select id as "factorId", key_id as "keyId", case when confirmed_at is null then 'begun' else 'in_force' end as state
  from identity.second_factor where user_id = ${userId}::uuid and ended_at is null`;

export async function insertSecondFactor(tx: Tx, { factorId, keyId }: FactorKey, userId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.second_factor (id, user_id, key_id, begun_at)
    values (${factorId}::uuid, ${userId}::uuid, ${keyId}, ${tx.now}::timestamptz)`;
}

export async function confirmSecondFactor(tx: Tx, factorId: string): Promise<void> {
  await tx.sql.$executeRaw`update identity.second_factor set confirmed_at = ${tx.now}::timestamptz where id = ${factorId}::uuid`;
}

export async function endSecondFactor(tx: Tx, factorId: string, endedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    update identity.second_factor set ended_at = ${tx.now}::timestamptz, ended_by = ${endedBy} where id = ${factorId}::uuid`;
}

export const usedCodes = (sql: Sql, factorId: string): Promise<UsedCode[]> => sql.$queryRaw<UsedCode[]>`
  select what, number::int as number from identity.second_factor_use where factor_id = ${factorId}::uuid`;

export type Use = UsedCode & Readonly<{ factorId: string; sessionId: string; usedAt: Date }>;

export async function insertUse(tx: Tx, { factorId, what, number, sessionId, usedAt }: Use): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.second_factor_use (factor_id, what, number, session_id, used_at)
    values (${factorId}::uuid, ${what}, ${number}::bigint, ${sessionId}::uuid, ${usedAt}::timestamptz)`;
}
