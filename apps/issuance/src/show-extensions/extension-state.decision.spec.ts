import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { extensionState } from './extension-state.decision.js';

const dates = (usable: string, claimable: string) => ({ usableUntil: localDate(usable), claimableUntil: localDate(claimable) });
const NOW = dates('2026-12-31', '2027-01-31');
const asked = { dates: dates('2027-06-30', '2027-07-31'), now: NOW, inForce: false };

describe('a proposal of later dates', () => {
  it.each<[string, object, string, string]>([
    ['waits on the last day of use', {}, '2026-12-31', 'to_agree'],
    ['has lapsed on the day after it', {}, '2027-01-01', 'lapsed'],
    ['has lapsed where the vouchers have those days already', { now: asked.dates }, '2026-12-01', 'lapsed'],
    ['stays in force after its days', { inForce: true, now: asked.dates }, '2028-01-01', 'in_force'],
  ])('%s', (_, more, today, state) => {
    expect(extensionState({ ...asked, ...more }, localDate(today))).toBe(state);
  });
});
