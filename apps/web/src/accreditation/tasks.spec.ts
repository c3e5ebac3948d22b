import { describe, expect, it } from '@jest/globals';
import { problemOf } from '../services.js';
import type { Standing } from './accreditation.data.js';
import { tasksOf } from './tasks.js';

const ok = <T>(value: T) => ({ ok: true, value }) as const;
const accreditation = { programmeId: 'p', programmeName: 'x', accreditationVersion: 1, from: '2026-01-01', to: '2026-12-31', services: [], decidedAt: '', isLatest: true, leavesFrom: null };
const place = {
  siret: '1', name: 'x', timeZone: 'Europe/Paris', street: null, complement: null, postalCode: null, commune: null, listing: null, openingHours: null, accreditations: [accreditation], openProgrammes: [],
};
const terms = { version: 2, sha256: '', text: '', from: '2026-01-01' };
const standing = (over: Partial<Standing> = {}): Standing => ({
  place: ok(place), applications: ok([]), measures: ok([]), appeals: ok([]), departures: ok([]), account: ok({ paidTo: { iban: 'FR76…0189', blocked: false }, byStripe: false, legalName: 'x' }),
  terms: ok([terms]), acceptances: ok([{ version: 2, acceptedAt: '' }]), ...over,
});
const states = (over: Partial<Standing>, today = '2026-06-01') => Object.fromEntries(tasksOf(standing(over), today).map(({ name, state }) => [name, state]));

describe('what a place has to do', () => {
  it('is nothing where all is in order', () => {
    expect(states({})).toEqual({ siret: 'done', accreditation: 'done', account: 'done', netting: 'done', renewal: 'later' });
  });

  it.each<[string, Partial<Standing>, string, object]>([
    ['without a SIRET', { place: ok({ ...place, siret: null }) }, '2026-06-01', { siret: 'to_do' }],
    ['after the last day', {}, '2027-01-01', { accreditation: 'to_do' }],
    ['by a version that another one replaced', { place: ok({ ...place, accreditations: [{ ...accreditation, isLatest: false }] }) }, '2026-06-01', { accreditation: 'to_do' }],
    ['from the day on which it has left', { place: ok({ ...place, accreditations: [{ ...accreditation, leavesFrom: '2026-06-01' }] }) }, '2026-06-01', { accreditation: 'later' }],
    ['on the evening before it leaves', { place: ok({ ...place, accreditations: [{ ...accreditation, leavesFrom: '2026-06-02' }] }) }, '2026-06-01', { accreditation: 'done' }],
    ['90 days before the end', {}, '2026-10-02', { renewal: 'to_do' }],
    ['91 days before the end', {}, '2026-10-01', { renewal: 'later' }],
    ['with an account that the bank does not know', { account: ok({ paidTo: { iban: '', blocked: true }, byStripe: false, legalName: 'x' }) }, '2026-06-01', { account: 'to_do' }],
    ['before settlement has heard of it', { account: problemOf(404, 'place_unknown') }, '2026-06-01', { account: 'later' }],
    ['with terms that were replaced', { acceptances: ok([{ version: 1, acceptedAt: '' }]) }, '2026-06-01', { netting: 'to_do' }],
    ['where no terms were published', { terms: ok([]), acceptances: ok([]) }, '2026-06-01', { netting: 'later' }],
    ['while a service is away', { terms: problemOf(503, 'unavailable') }, '2026-06-01', { netting: 'unknown' }],
  ])('%s', (_, over, today, expected) => {
    expect(states(over, today)).toMatchObject(expected);
  });
});
