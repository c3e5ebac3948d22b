import { describe, expect, it } from '@jest/globals';
import { dayIn, idOf, reject, type RedemptionId } from '#libs/kernel';
import { decideCaptures, refusalOfStored, type Capture } from './receive-captures.decision.js';

const NOON = new Date('2026-03-10T12:00:00Z');
const HOUR_MS = 3_600_000;
const BOUNDS = { codesPerDayMax: 3, withinMs: 72 * HOUR_MS, skewMs: 300_000 };
const idAt = (n: number): RedemptionId => idOf('redemption', `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const capture = (n: number, agoMs = HOUR_MS, isReadable = true): Capture => {
  const capturedAt = new Date(NOON.getTime() - agoMs);
  return { id: idAt(n), capturedAt, serviceDay: dayIn('Europe/Paris', capturedAt), isReadable };
};
const decide = (captures: Capture[], over: { known?: number[]; counted?: number } = {}) => decideCaptures({
  captures, known: new Set((over.known ?? []).map(idAt)), countByDay: new Map([[capture(0).serviceDay, over.counted ?? 0]]), at: NOON,
}, BOUNDS).map(({ id, refusal }) => [id, refusal]);

describe('captures that come for the first time', () => {
  it.each([
    [0, true, null], [72 * HOUR_MS, true, null], [72 * HOUR_MS + 1, true, 'offline_capture_too_old'], [-300_000, true, null],
    [-300_001, true, 'offline_capture_in_future'], [0, false, 'offline_capture_unreadable'], [80 * HOUR_MS, false, 'offline_capture_unreadable'],
  ])('of %s ms ago, readable %s: %s', (agoMs, isReadable, refusal) => {
    expect(decide([capture(1, agoMs, isReadable)])).toEqual([[idAt(1), refusal]]);
  });

  it('count in the order of capture, up to the cap of their day; what is refused uses nothing up', () => {
    const sent = [capture(4, 1_000), capture(1, 4_000), capture(3, 2_000), capture(2, 3_000, false), capture(5, 500)];
    expect(decide(sent)).toEqual([
      [idAt(1), null], [idAt(2), 'offline_capture_unreadable'], [idAt(3), null], [idAt(4), null], [idAt(5), 'offline_cap_reached']]);
    expect(decide([capture(1)], { counted: 3 })).toEqual([[idAt(1), 'offline_cap_reached']]);
  });

  it('have a cap for each day', () => {
    expect(decide([...[1, 2, 3].map((n) => capture(n)), capture(4, 24 * HOUR_MS)]).map((one) => one[1])).toEqual([null, null, null, null]);
  });

  it('leave out those that came before', () => {
    expect(decide([capture(1), capture(2)], { known: [1] })).toEqual([[idAt(2), null]]);
  });
});

describe('a capture that is kept', () => {
  const deviceId = idOf('device', '01900000-0000-7000-8000-0000000000d1');
  const sent = { deviceId, capture: capture(1) };
  const stored = { id: idAt(1), deviceId, capturedAt: sent.capture.capturedAt, refusal: null };
  it('is told as it was, and only to the device and for the moment that it is of', () => {
    expect(refusalOfStored(stored, sent)).toBeUndefined();
    expect(refusalOfStored({ ...stored, refusal: 'offline_cap_reached' }, sent)).toEqual(reject('offline_cap_reached'));
    expect(refusalOfStored({ ...stored, capturedAt: NOON }, sent)).toEqual(reject('idempotency_key_reused'));
    expect(refusalOfStored({ ...stored, deviceId: idOf('device', '01900000-0000-7000-8000-0000000000d2') }, sent)).toEqual(reject('idempotency_key_reused'));
    expect(refusalOfStored(stored, { deviceId, capture: { ...sent.capture, isReadable: false } })).toEqual(reject('offline_capture_unreadable'));
  });
});
