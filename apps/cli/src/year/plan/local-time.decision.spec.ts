import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, dayIn, localDate } from '#libs/kernel';
import { instantAt } from './local-time.decision.js';

const ZONES = ['Europe/Paris', 'America/Cayenne', 'Indian/Reunion', 'Pacific/Noumea', 'America/Miquelon'];

describe('the moment of a local time', () => {
  it.each([
    ['Europe/Paris', '2026-01-15', 9 * 60 + 45, '2026-01-15T08:45:00.000Z'],
    ['Europe/Paris', '2026-07-15', 9 * 60 + 45, '2026-07-15T07:45:00.000Z'],
    ['Pacific/Noumea', '2026-07-15', 9 * 60, '2026-07-14T22:00:00.000Z'],
    ['America/Cayenne', '2026-07-15', 22 * 60, '2026-07-16T01:00:00.000Z'],
    ['Europe/Paris', '2026-03-29', 2 * 60 + 30, '2026-03-29T01:30:00.000Z'], // skipped: shown as 3.30
  ])('%s %s at minute %i is %s', (zone, day, minute, expected) => {
    expect(instantAt(zone, localDate(day), minute).toISOString()).toBe(expected);
  });

  it('is on that day in its zone, at opening hours of every day of two years', () => {
    const [anyDay, anyMinute] = [fc.integer({ min: 0, max: 730 }), fc.integer({ min: 8 * 60, max: 19 * 60 })];
    fc.assert(fc.property(fc.constantFrom(...ZONES), anyDay, anyMinute, (zone, days, minute) => {
      const day = addDays(localDate('2025-11-01'), days);
      const at = instantAt(zone, day, minute);
      expect(dayIn(zone, at)).toBe(day);
      expect(at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }))
        .toBe(`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
    }));
  });
});
