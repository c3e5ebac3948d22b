import { describe, expect, it } from '@jest/globals';
import { idOf } from '#libs/kernel';
import { TILL_COUNTED_MAX, TILL_LIMITS } from '../limits.js';
import { TillLimits, type Till } from './till-limits.js';

const MINUTE = 60_000;
const NOON = Date.parse('2026-03-10T12:00:00Z');
const uuid = (n: number) => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const till = (place: number, device?: number): Till =>
  ({ placeId: idOf('place', uuid(place)), ...(device && { deviceId: idOf('device', uuid(device)) }) });
const at = () => {
  const time = { ms: NOON };
  return { time, limits: new TillLimits(() => time.ms) };
};
const unknown = (count: number) => ({ refused: count, unknown: count });

describe('the limits of tills', () => {
  it('are met by nobody who is shown right vouchers, nor by a workshop of 28 with four vouchers each of which none is good', () => {
    const { limits } = at();
    limits.count(till(1), { refused: 0, unknown: 0 });
    expect(limits.size).toBe(0);
    for (let device = 1; device <= 4; device += 1) {
      for (let person = 0; person < 28; person += 1) {
        expect(limits.secondsToWait(till(1, device))).toBe(0);
        limits.count(till(1, device), unknown(4));
      }
    }
    expect([1, 2, 3, 4].map((device) => limits.secondsToWait(till(1, device)))).toEqual([0, 0, 0, 0]);
  });

  it.each<[string, Till, keyof typeof TILL_LIMITS, 'unknown' | 'refused']>([
    ['a device that names unknown codes', till(1, 1), 'device', 'unknown'],
    ['a device that is refused for other reasons', till(1, 1), 'device', 'refused'],
    ['a place that names unknown codes', till(1), 'place', 'unknown'],
    ['a place that is refused for other reasons', till(1), 'place', 'refused'],
  ])('stop %s, and nobody else', (_, who, subject, kind) => {
    const { limits, time } = at();
    const { burst, perMinute } = (TILL_LIMITS[subject] as Record<string, { burst: number; perMinute: number }>)[kind]!;
    limits.count(who, { refused: burst, unknown: kind === 'unknown' ? burst : 0 });
    expect(limits.secondsToWait(who)).toBe(Math.ceil(60 / perMinute));
    expect(limits.secondsToWait(till(2, 2))).toBe(0);
    if (who.deviceId) expect(limits.secondsToWait(till(1, 3))).toBe(0);
    time.ms += MINUTE / perMinute;
    expect(limits.secondsToWait(who)).toBe(0);
  });

  it('stop, when all together named too many, only those who did', () => {
    const { limits } = at();
    for (let place = 1; place <= 12; place += 1) limits.count(till(place), unknown(TILL_LIMITS.platform.unknown.burst / 12));
    limits.count(till(13), unknown(1));
    limits.count(till(14), { refused: 1, unknown: 0 });
    expect([limits.secondsToWait(till(13)) > 0, limits.secondsToWait(till(14)), limits.secondsToWait(till(15))]).toEqual([true, 0, 0]);
  });

  it('add up what other processes counted, each count once', () => {
    const { limits } = at();
    const { burst } = TILL_LIMITS.place.unknown;
    limits.count(till(1), unknown(200));
    const told = limits.takePending();
    expect(told).toEqual([{ subject: `place:${uuid(1)}`, ...unknown(200) }, { subject: 'platform', ...unknown(200) }]);
    const row = { subject: `place:${uuid(1)}`, ...unknown(burst - 1), minuteMs: NOON } as const;
    limits.learn([row], told, NOON);
    limits.learn([row], [], NOON);
    expect(limits.secondsToWait(till(1))).toBe(0);
    limits.count(till(1), unknown(1));
    expect(limits.secondsToWait(till(1))).toBe(3);
  });

  it('keep what could not be told', () => {
    const { limits } = at();
    limits.count(till(1), unknown(2));
    limits.giveBack(limits.takePending());
    limits.count(till(1), unknown(1));
    expect(limits.takePending()).toContainEqual({ subject: `place:${uuid(1)}`, ...unknown(3) });
    expect(limits.hasPending()).toBe(false);
  });

  it('remember a bounded number of places, and forget who has all its attempts back', () => {
    const { limits, time } = at();
    for (let place = 0; place <= TILL_COUNTED_MAX; place += 1) limits.count(till(place), unknown(1));
    expect(limits.size).toBe(TILL_COUNTED_MAX);
    limits.takePending();
    time.ms += 24 * 60 * MINUTE;
    limits.learn([], [], time.ms);
    expect(limits.size).toBe(0);
  });
});
