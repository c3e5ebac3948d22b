import type { IdentityWork } from '../identity.work.js';
import { SESSIONS_MAX } from '../limits.js';
import { countSessions, endSessions } from './session.store.js';

/** At each new sign-in of a person: the oldest end beyond a bound. Mostly there is nothing to end, and nothing is written. */
export async function endOldestSessions(work: IdentityWork, userId: string): Promise<void> {
  if (await countSessions(work.client, userId) <= SESSIONS_MAX) return;
  const meta = { kind: 'process', name: 'sessions', correlationId: `sessions:${userId}`, actor: { kind: 'user', id: userId } } as const;
  await work.once(meta, async (tx) => ({ ended: (await endSessions(tx, userId, { beyond: SESSIONS_MAX })).length }));
}
