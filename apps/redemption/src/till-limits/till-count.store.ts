// The SQL of counts: one row per subject and minute, added to by every process.
import type { Tx } from '#libs/persistence';
import type { DeviceUse } from './device-uses.js';
import type { MinuteCount, Subject, SubjectCount } from './till-limits.js';

/** In one order of subjects, so that two processes that tell at the same moment do not block each other. */
export async function addCounts(tx: Tx, minute: Date, counts: readonly SubjectCount[]): Promise<void> {
  const sorted = [...counts].sort((a, b) => (a.subject < b.subject ? -1 : 1));
  await tx.sql.$executeRaw`
    insert into redemption.till_count as c (minute, subject, refused, unknown)
    select ${minute}::timestamptz, subject, refused, unknown
    from unnest(${sorted.map(({ subject }) => subject)}::text[], ${sorted.map(({ refused }) => refused)}::int[],
      ${sorted.map(({ unknown }) => unknown)}::int[]) with ordinality as t(subject, refused, unknown, place)
    order by place
    on conflict (minute, subject) do update set refused = c.refused + excluded.refused, unknown = c.unknown + excluded.unknown`;
}

export async function dropCounts(tx: Tx, before: Date): Promise<void> {
  await tx.sql.$executeRaw`delete from redemption.till_count where minute < ${before}::timestamptz`;
}

/** Oldest first. */
export async function readCounts(tx: Tx, since: Date): Promise<MinuteCount[]> {
  const rows = await tx.sql.$queryRaw<{ minute: Date; subject: Subject; refused: number; unknown: number }[]>`
    select minute, subject, refused, unknown from redemption.till_count where minute >= ${since}::timestamptz order by minute`;
  return rows.map(({ minute, ...count }) => ({ ...count, minuteMs: minute.getTime() }));
}

/** Only forward: another process may have told of a later use. */
export async function tellUses(tx: Tx, uses: readonly DeviceUse[]): Promise<void> {
  const sorted = [...uses].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
  await tx.sql.$executeRaw`
    update redemption.till_device d set last_used_at = greatest(d.last_used_at, t.used_at)
    from unnest(${sorted.map(({ deviceId }) => deviceId)}::uuid[], ${sorted.map(({ usedAtMs }) => new Date(usedAtMs))}::timestamptz[])
      as t(id, used_at)
    where d.id = t.id`;
}
