// A token bucket: full at first, emptied by what it counts, filled again by time. Pure: the moment is handed in.

/** So many at once, and then as many as flow in. */
export type Limit = Readonly<{ burst: number; perMinute: number }>;
export type Bucket = Readonly<{ level: number; atMs: number }>;

const MINUTE_MS = 60_000;

export const fullBucket = ({ burst }: Limit, atMs: number): Bucket => ({ level: burst, atMs });

/** As it stands at that moment. A moment before the last one fills nothing. */
export function filled({ level, atMs }: Bucket, { burst, perMinute }: Limit, nowMs: number): Bucket {
  const elapsedMs = Math.max(0, nowMs - atMs);
  return { level: Math.min(burst, level + elapsedMs * perMinute / MINUTE_MS), atMs: Math.max(atMs, nowMs) };
}

/**
 * What is counted is over: it may leave a debt, which is as long to fill as the bucket itself, so that a hundred attempts at
 * once are not a hundred for the price of one.
 */
export function drained(bucket: Bucket, limit: Limit, count: number, nowMs: number): Bucket {
  const { level, atMs } = filled(bucket, limit, nowMs);
  return { level: Math.max(-limit.burst, level - count), atMs };
}

export const isFull = (bucket: Bucket, limit: Limit, nowMs: number): boolean => filled(bucket, limit, nowMs).level >= limit.burst;

/** Whole seconds until one more is let through; 0: now. */
export function secondsToWait(bucket: Bucket, limit: Limit, nowMs: number): number {
  const missing = 1 - filled(bucket, limit, nowMs).level;
  return missing <= 0 ? 0 : Math.ceil(missing * MINUTE_MS / limit.perMinute / 1_000);
}
