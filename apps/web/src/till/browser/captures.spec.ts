import { describe, expect, it } from '@jest/globals';
import { afterwards, countOfDay, isTooEarly, mayWithdraw, outlived, toSend } from './captures.js';
import type { Capture } from './storage.js';

const NOON_MS = Date.parse('2026-11-24T12:00:00.000Z');
const HOUR_MS = 3_600_000;
const kept = (id: string, agoHours: number, state: Capture['state'] = 'pending'): Capture =>
  ({ id, capturedAt: new Date(NOON_MS - agoHours * HOUR_MS).toISOString(), number: 1, mark: id, said: {}, state });
const idsOf = (captures: readonly Capture[]): string[] => captures.map(({ id }) => id);

describe('captures that a device keeps', () => {
  it('count for a day, also when somebody has read what became of them: the server counts on', () => {
    expect(countOfDay([kept('a', 1), kept('b', 23, 'seen'), kept('c', 2, 'redeemed'), kept('d', 3, 'refused'), kept('e', 24, 'seen')], NOON_MS)).toBe(4);
  });

  it('are given up once they were read and their day is over, and never while they wait', () => {
    expect(idsOf(outlived([kept('a', 100), kept('b', 24, 'seen'), kept('c', 23, 'seen'), kept('d', 100, 'refused')], NOON_MS))).toEqual(['b']);
  });

  it('are sent when they wait; one of a moment to come waits for it, unless it is too far away to be believed', () => {
    const all = [kept('a', 1), kept('b', 0), kept('c', -1), kept('d', -72), kept('e', -73), kept('f', 1, 'redeemed'), kept('g', 1, 'seen')];
    expect(idsOf(toSend(all, NOON_MS, 72))).toEqual(['a', 'b', 'e']);
  });

  it.each([['pending', false, true], ['pending', true, false], ['redeemed', false, false], ['seen', false, false]] as const)(
    '%s, sent %s: may be withdrawn %s', (state, hasLeft, may) => { expect(mayWithdraw({ state, hasLeft })).toBe(may); });

  it('are kept without their seal once they are decided', () => {
    const before: Capture = { ...kept('a', 1), sealed: { keyId: 'k', ephemeralKey: 'e', iv: 'i', ciphertext: 'c' }, hasLeft: true };
    expect(afterwards(before, { id: 'a', outcome: 'refused', code: 'voucher_used', sentence: 'Used.' })).toEqual({ ...kept('a', 1, 'refused'), sentence: 'Used.' });
    expect(afterwards(before, { id: 'a', outcome: 'redeemed', redemption: { amountCents: 700 } })).toEqual({ ...kept('a', 1, 'redeemed'), amountCents: 700 });
  });

  it.each([['service_in_future', 0, true], ['service_in_future', 0.2, false], ['voucher_used', 0, false], [undefined, 0, false]])(
    'that are told %s %s hours after: are too early %s', (code, agoHours, early) => {
      expect(isTooEarly(kept('a', agoHours), { ...(code !== undefined && { code }) }, NOON_MS)).toBe(early);
    });
});
