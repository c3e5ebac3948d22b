import { describe, expect, it } from '@jest/globals';
import { hoursAt, type Where } from './opening-hours.js';
import { fromProcessClock, toProcessClock } from './wall-clock.js';

const VALENCE: Where = { timeZone: 'Europe/Paris', postalCode: '26000', inseeCode: '26362' };
const CAYENNE: Where = { timeZone: 'America/Cayenne', postalCode: '97300', inseeCode: '97302' };
const NOUMEA: Where = { timeZone: 'Pacific/Noumea', postalCode: '98800', inseeCode: null };
const STRASBOURG: Where = { ...VALENCE, postalCode: '67000', inseeCode: '67482' };

const WEEK = 'Mo-Fr 09:00-12:00,14:00-17:00; PH off';
const told = (text: string, where: Where, at: string) => {
  const hours = hoursAt(text, where, new Date(at));
  return hours && [hours.state, hours.nextChange?.toISOString() ?? null];
};

describe('opening hours', () => {
  it.each<[string, string, Where, string, readonly [string, string | null]]>([
    ['in winter', WEEK, VALENCE, '2026-01-14T09:00:00Z', ['open', '2026-01-14T11:00:00.000Z']],
    ['in summer', WEEK, VALENCE, '2026-07-15T09:00:00Z', ['open', '2026-07-15T10:00:00.000Z']],
    ['between two parts of a day', WEEK, VALENCE, '2026-07-15T10:00:00Z', ['closed', '2026-07-15T12:00:00.000Z']],
    ['over a weekend', WEEK, VALENCE, '2026-01-16T16:00:00Z', ['closed', '2026-01-19T08:00:00.000Z']],
    ['over the night in which the clock goes on', WEEK, VALENCE, '2026-03-27T16:00:00Z', ['closed', '2026-03-30T07:00:00.000Z']],
    ['over the night in which it goes back', WEEK, VALENCE, '2026-10-23T15:00:00Z', ['closed', '2026-10-26T08:00:00.000Z']],
    ['by the day at the place, which has begun', WEEK, NOUMEA, '2026-01-18T22:30:00Z', ['open', '2026-01-19T01:00:00.000Z']],
    ['by the day at the place, which is not over', 'We 20:00-22:00', CAYENNE, '2026-01-15T00:30:00Z', ['open', '2026-01-15T01:00:00.000Z']],
    ['on the 14th of July', WEEK, VALENCE, '2026-07-14T09:00:00Z', ['closed', '2026-07-15T07:00:00.000Z']],
    ['on a text without holidays, as it stands', 'Tu 09:00-12:00', VALENCE, '2026-07-14T09:00:00Z', ['open', '2026-07-14T10:00:00.000Z']],
    ['on the day of abolition in Guyane', WEEK, CAYENNE, '2026-06-10T13:00:00Z', ['closed', '2026-06-11T12:00:00.000Z']],
    ['on the same day in Valence', WEEK, VALENCE, '2026-06-10T13:00:00Z', ['open', '2026-06-10T15:00:00.000Z']],
    ['on Good Friday in Strasbourg', WEEK, STRASBOURG, '2026-04-03T08:00:00Z', ['closed', '2026-04-07T07:00:00.000Z']],
    ['on Good Friday in Valence', WEEK, VALENCE, '2026-04-03T08:00:00Z', ['open', '2026-04-03T10:00:00.000Z']],
    ['of every second week', 'week 2-52/2 Mo[1] 09:00-12:00', VALENCE, '2026-01-05T09:00:00Z', ['open', '2026-01-05T11:00:00.000Z']],
    ['that never change', '24/7', VALENCE, '2026-01-05T09:00:00Z', ['open', null]],
    ['that change in two years', '2028 Jan 05 10:00-11:00', VALENCE, '2026-01-05T09:00:00Z', ['closed', null]],
    ['by appointment', 'Mo-Fr 09:00-12:00 "sur rendez-vous"', VALENCE, '2026-01-05T09:00:00Z', ['unknown', '2026-01-05T11:00:00.000Z']],
  ])('are told %s', (_what, text, where, at, expected) => {
    expect(told(text, where, at)).toEqual(expected);
  });

  it('tell what their comment says, and that it is a public holiday', () => {
    expect(hoursAt('Mo-Fr 09:00-12:00 "sur rendez-vous"', VALENCE, new Date('2026-01-05T09:00:00Z'))).toMatchObject({ comment: 'sur rendez-vous', isPublicHoliday: false });
    expect(hoursAt('Mo-Fr 09:00-12:00', VALENCE, new Date('2026-07-14T09:00:00Z'))).toMatchObject({ state: 'open', isPublicHoliday: true });
  });

  it.each([
    'mardi et jeudi, l\'après-midi', 'Lundi 9h-12h', 'lundi au vendredi de 9h à 12h', 'Mo-Fr 9-12', 'sur rendez-vous', 'Tu 09:00-12:00-16:30', 'Lundi\nle "matin"', '?', '',
    'Mo-Fr 09:00-12:00; SH off', 'Mo-Fr sunrise-12:00', `Mo 09:00-12:00; ${'x'.repeat(400)}`, '{}', '__proto__',
    `Mo-Su ${Array.from({ length: 12 }, () => '00:00-23:59+').join(',')}`,
  ])('are not guessed: %j', (text) => {
    expect(hoursAt(text, VALENCE, new Date('2026-01-14T09:00:00Z'))).toBeUndefined();
  });
});

describe('the clock of a place', () => {
  it('comes back from the clock of this process, whatever zone that is in', () => {
    for (const { timeZone } of [VALENCE, CAYENNE, NOUMEA]) {
      for (let at = Date.parse('2026-01-01T00:00:00Z'); at < Date.parse('2027-01-01T00:00:00Z'); at += 37 * 3_600_000) {
        const shown = toProcessClock(timeZone, new Date(at));
        if (shown) expect([timeZone, fromProcessClock(timeZone, shown).toISOString()]).toEqual([timeZone, new Date(at).toISOString()]);
      }
    }
  });
});
