import type { Sql, Tx } from '#libs/persistence';
import { endImpersonations } from '../impersonations/impersonation.store.js';
import { insertRevocations } from '../revocations/revocation.store.js';

export type OpenSession = Readonly<{ sessionId: string; userAgent: string | null; since: Date; seenAt: Date | null }>;

/** A token was asked for in it. */
export async function seeSession(sql: Sql, sessionId: string): Promise<void> {
  await sql.$executeRaw`update identity.session set seen_at = clock_timestamp() where id = ${sessionId}::uuid`;
}

/** The newest first. */
export const openSessions = (sql: Sql, userId: string, countMax: number): Promise<OpenSession[]> => sql.$queryRaw<OpenSession[]>`
  select id as "sessionId", user_agent as "userAgent", created_at as since, seen_at as "seenAt" from identity.session
  where user_id = ${userId}::uuid and expires_at > clock_timestamp() order by created_at desc, id limit ${countMax}`;

/** Those that are too old included: they go with the others. */
export async function countSessions(sql: Sql, userId: string): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`select count(*)::int as count from identity.session where user_id = ${userId}::uuid`;
  return row!.count;
}

type Which = Readonly<{ only?: string; except?: string; /** How many of the newest stay. */ beyond?: number }>;

/** Of one person; those that are left out stay. The ids of what ended: tokens of them are refused within seconds. */
export async function endSessions(tx: Tx, userId: string, which: Which = {}): Promise<string[]> {
  const rows = await tx.sql.$queryRaw<{ id: string }[]>`
    delete from identity.session where user_id = ${userId}::uuid
      and (${which.only ?? null}::uuid is null or id = ${which.only ?? null}::uuid) and id is distinct from ${which.except ?? null}::uuid
      and (${which.beyond ?? null}::int is null or id in (select id from identity.session where user_id = ${userId}::uuid
        order by created_at desc, id desc offset coalesce(${which.beyond ?? null}::int, 0)))
    returning id`;
  const ids = rows.map(({ id }) => id);
  await insertRevocations(tx, 'session', ids);
  await endImpersonations(tx, { sessionIds: ids }, 'sign_out');
  return ids;
}
