// What each place, each device and all tills together were refused lately, and who has to wait for it. In memory: no redemption
// asks the database for it. Counts of other processes come in with each flush (till-counts.ts). Bounded: who is not heard of
// for longest is forgotten first.
import type { DeviceId, PlaceId } from '#libs/kernel';
import { TILL_COUNTED_MAX, TILL_LIMITS } from '../limits.js';
import { drained, fullBucket, isFull, secondsToWait, type Bucket, type Limit } from './bucket.decision.js';

/** `platform`, `place:<uuid>` and so on: as the table of counts writes it. */
export type Subject = Shared | `place:${string}` | `device:${string}` | `address:${string}`;
/** All tills together, and all who ask without an account. */
type Shared = 'platform' | 'public';
export type Count = Readonly<{ refused: number; unknown: number }>;
export type SubjectCount = Count & Readonly<{ subject: Subject }>;
/** All that every process counted of a subject in a minute. */
export type MinuteCount = SubjectCount & Readonly<{ minuteMs: number }>;

/** Whose attempts are counted: the place of the token, and the device where one has signed. */
export type Till = Readonly<{ placeId: PlaceId; deviceId?: DeviceId }>;
/** Somebody without an account: a keyed hash, in the shape of a uuid, of where they sit. */
export type Citizen = Readonly<{ addressId: string }>;
export type Asker = Till | Citizen;

const NOTHING: Count = { refused: 0, unknown: 0 };
const MINUTE_MS = 60_000;

type Limits = Readonly<{ unknown: Limit; refused?: Limit }>;
type Entry = {
  unknown: Bucket;
  refused: Bucket | undefined;
  /** Not yet told to the database. */
  pending: Count;
  /** What is in the buckets already of what the database holds, by minute; only of minutes that may still change. */
  readonly known: Map<number, Count>;
};

const plus = (a: Count, b: Count): Count => ({ refused: a.refused + b.refused, unknown: a.unknown + b.unknown });
const minus = (a: Count, b: Count): Count => ({ refused: Math.max(0, a.refused - b.refused), unknown: Math.max(0, a.unknown - b.unknown) });
const limitsOf = (subject: Subject): Limits => TILL_LIMITS[subject.split(':', 1)[0] as keyof typeof TILL_LIMITS];

/** Its own, and the one that it shares with its like. */
function subjectsOf(asker: Asker): Readonly<{ own: readonly Subject[]; shared: Shared }> {
  if ('addressId' in asker) return { own: [`address:${asker.addressId}`], shared: 'public' };
  const { placeId, deviceId } = asker;
  return { own: deviceId ? [`device:${deviceId}`, `place:${placeId}`] : [`place:${placeId}`], shared: 'platform' };
}

export class TillLimits {
  // Insertion order is age, so the first key is the one to drop when the bound is reached.
  private readonly entries = new Map<Subject, Entry>();

  constructor(private readonly nowMs: () => number) {}

  /** Seconds until it may try again; 0: now. */
  secondsToWait(asker: Asker): number {
    const now = this.nowMs();
    const { own, shared } = subjectsOf(asker);
    const waits = own.map((subject) => this.waitOf(subject, now));
    if (own.some((subject) => this.hasNamedUnknown(subject, now))) waits.push(this.waitOf(shared, now));
    return Math.max(...waits);
  }

  /** After the answer: what was refused is counted, what was redeemed costs nothing. */
  count(asker: Asker, count: Count): void {
    if (count.refused === 0) return;
    const now = this.nowMs();
    const { own, shared } = subjectsOf(asker);
    for (const subject of [...own, shared]) {
      const entry = this.entryOf(subject, now);
      drain(entry, limitsOf(subject), count, now);
      entry.pending = plus(entry.pending, count);
    }
  }

  /** Takes what the database does not know yet; `giveBack` what it could not be told. */
  takePending(): SubjectCount[] {
    const taken: SubjectCount[] = [];
    for (const [subject, entry] of this.entries) {
      if (entry.pending.refused === 0) continue;
      taken.push({ subject, ...entry.pending });
      entry.pending = NOTHING;
    }
    return taken;
  }

  giveBack(counts: readonly SubjectCount[]): void {
    const now = this.nowMs();
    for (const { subject, ...count } of counts) {
      const entry = this.entryOf(subject, now);
      entry.pending = plus(entry.pending, count);
    }
  }

  hasPending(): boolean {
    for (const { pending } of this.entries.values()) if (pending.refused > 0) return true;
    return false;
  }

  /** `rows`, oldest first, as the database holds them with `told` among them: what is new in them was counted by others. */
  learn(rows: readonly MinuteCount[], told: readonly SubjectCount[], toldMinuteMs: number): void {
    const own = new Map(told.map(({ subject, ...count }) => [subject, count]));
    for (const { subject, minuteMs, ...count } of rows) {
      const entry = this.entryOf(subject, minuteMs);
      const ours = minuteMs === toldMinuteMs ? own.get(subject) ?? NOTHING : NOTHING;
      const others = minus(count, plus(entry.known.get(minuteMs) ?? NOTHING, ours));
      if (others.refused > 0) drain(entry, limitsOf(subject), others, minuteMs);
      entry.known.set(minuteMs, count);
    }
    this.forget(toldMinuteMs - MINUTE_MS);
  }

  get size(): number {
    return this.entries.size;
  }

  private waitOf(subject: Subject, now: number): number {
    const entry = this.entries.get(subject);
    if (!entry) return 0;
    const { unknown, refused } = limitsOf(subject);
    const wait = secondsToWait(entry.unknown, unknown, now);
    return refused && entry.refused ? Math.max(wait, secondsToWait(entry.refused, refused, now)) : wait;
  }

  private hasNamedUnknown(subject: Subject, now: number): boolean {
    const entry = this.entries.get(subject);
    return entry !== undefined && !isFull(entry.unknown, limitsOf(subject).unknown, now);
  }

  private entryOf(subject: Subject, atMs: number): Entry {
    const { unknown, refused } = limitsOf(subject);
    const entry = this.entries.get(subject)
      ?? { unknown: fullBucket(unknown, atMs), refused: refused && fullBucket(refused, atMs), pending: NOTHING, known: new Map() };
    this.entries.delete(subject);
    if (this.entries.size >= TILL_COUNTED_MAX) this.entries.delete(this.entries.keys().next().value!);
    this.entries.set(subject, entry);
    return entry;
  }

  /** Minutes that no process writes to any more, and whoever has all its attempts back. */
  private forget(beforeMs: number): void {
    const now = this.nowMs();
    for (const [subject, entry] of this.entries) {
      for (const minuteMs of entry.known.keys()) if (minuteMs < beforeMs) entry.known.delete(minuteMs);
      const { unknown, refused } = limitsOf(subject);
      const isUsed = !isFull(entry.unknown, unknown, now) || (refused && entry.refused && !isFull(entry.refused, refused, now));
      if (!isUsed && entry.known.size === 0 && entry.pending.refused === 0) this.entries.delete(subject);
    }
  }
}

function drain(entry: Entry, { unknown, refused }: Limits, count: Count, atMs: number): void {
  entry.unknown = drained(entry.unknown, unknown, count.unknown, atMs);
  if (refused && entry.refused) entry.refused = drained(entry.refused, refused, count.refused, atMs);
}
