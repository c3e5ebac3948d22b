import { describe, expect, it } from '@jest/globals';
import { addDays, dayIn, idOf, isUuidV7, localDate, parseId, showId } from './index.js';

describe('a local day', () => {
  it.each([
    ['Europe/Paris', '2026-12-31T23:30:00Z', '2027-01-01'],
    ['America/Cayenne', '2027-01-01T02:30:00Z', '2026-12-31'],
    ['Pacific/Noumea', '2026-12-31T13:00:00Z', '2027-01-01'],
    ['Europe/Paris', '2026-03-29T00:30:00Z', '2026-03-29'],
  ])('in %s at %s is %s', (zone, at, day) => expect(dayIn(zone, new Date(at))).toBe(day));

  it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '0000-01-01', '', '2026-01-01T00:00:00Z'])('is never %p', (text) => {
    expect(() => localDate(text)).toThrow(RangeError);
  });

  it('counts over the end of a month and of a leap year', () => {
    expect(addDays(localDate('2028-02-28'), 2)).toBe('2028-03-01');
    expect(addDays(localDate('2027-01-01'), -1)).toBe('2026-12-31');
  });
});

describe('an id', () => {
  const uuid = '01900000-0000-7000-8000-000000000001';

  it('carries its prefix outside, and is read back only under its own', () => {
    expect(showId('place', idOf('place', uuid))).toBe(`plc_${uuid}`);
    expect(parseId('place', `plc_${uuid}`)).toBe(uuid);
    expect(parseId('voucher', `plc_${uuid}`)).toBeUndefined();
  });

  it('of a till is a UUIDv7', () => {
    expect(isUuidV7(uuid)).toBe(true);
    expect(isUuidV7('01900000-0000-4000-8000-000000000001')).toBe(false);
  });
});
