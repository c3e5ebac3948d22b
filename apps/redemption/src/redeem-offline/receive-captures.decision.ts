// Which captures count, before any of them is decided as a redemption. Pure: what the device sent, what is known of it and the
// moment are handed in.
import { reject, type DeviceId, type LocalDate, type RedemptionId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export const CAPTURE_REFUSALS = [
  'offline_capture_unreadable', 'offline_capture_in_future', 'offline_capture_too_old', 'offline_cap_reached',
] as const satisfies readonly RefusalCode[];
export type CaptureRefusal = (typeof CAPTURE_REFUSALS)[number];

export type Capture = Readonly<{ id: RedemptionId; capturedAt: Date; serviceDay: LocalDate; isReadable: boolean }>;
export type ReceivedCapture = Capture & Readonly<{ refusal: CaptureRefusal | null }>;

export type Receipt = Readonly<{
  captures: readonly Capture[];
  /** Those that came before. */
  known: ReadonlySet<RedemptionId>;
  /** How many of the device count already, by day of service. */
  countByDay: ReadonlyMap<LocalDate, number>;
  at: Date;
}>;
export type CaptureBounds = Readonly<{ codesPerDayMax: number; withinMs: number; skewMs: number }>;

/** What comes for the first time, in the order of capture, which is the order in which it is decided. */
export function decideCaptures({ captures, known, countByDay, at }: Receipt, bounds: CaptureBounds): ReceivedCapture[] {
  const counts = new Map(countByDay);
  return captures.filter(({ id }) => !known.has(id)).sort(byCapture).map((capture) => {
    const count = counts.get(capture.serviceDay) ?? 0;
    const refusal = refusalOf(capture, { ...bounds, at, count });
    if (!refusal) counts.set(capture.serviceDay, count + 1);
    return { ...capture, refusal };
  });
}

type Moment = Pick<Capture, 'id' | 'capturedAt'>;
export const byCapture = (a: Moment, b: Moment): number =>
  a.capturedAt.getTime() - b.capturedAt.getTime() || (a.id < b.id ? -1 : 1);

type Conditions = CaptureBounds & Readonly<{ at: Date; count: number }>;

function refusalOf({ capturedAt, isReadable }: Capture, conditions: Conditions): CaptureRefusal | null {
  const { at, count, codesPerDayMax, withinMs, skewMs } = conditions;
  const ageMs = at.getTime() - capturedAt.getTime();
  if (!isReadable) return 'offline_capture_unreadable';
  if (ageMs < -skewMs) return 'offline_capture_in_future';
  if (ageMs > withinMs) return 'offline_capture_too_old';
  return count >= codesPerDayMax ? 'offline_cap_reached' : null;
}

/** As it stands in the table. */
export type StoredCapture = Readonly<{ id: RedemptionId; deviceId: DeviceId; capturedAt: Date; refusal: CaptureRefusal | null }>;

/** Undefined where it goes on to be decided as a redemption. An id says one capture of one device, for ever. */
export function refusalOfStored(
  { id, deviceId, capturedAt, refusal }: StoredCapture, sent: Readonly<{ deviceId: DeviceId; capture: Capture }>,
): Rejected | undefined {
  const isSame = id === sent.capture.id && deviceId === sent.deviceId && capturedAt.getTime() === sent.capture.capturedAt.getTime();
  if (!isSame) return reject('idempotency_key_reused');
  if (refusal) return reject(refusal);
  return sent.capture.isReadable ? undefined : reject('offline_capture_unreadable');
}
