import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { chargeAtDeparture, type ChargeStanding, type OnChargeDay } from './place-charge.decision.js';

const DAY = localDate('2026-05-02');
const ALONE: OnChargeDay = { chargedOn: DAY, isCharged: false, takesPart: true, takesPartElsewhere: false };

describe('the charge of 2 May, of a place that leaves,', () => {
  it.each<[string, string, string, Partial<OnChargeDay>, ChargeStanding | undefined]>([
    ['is not owed where it is gone from that day on, as it said on the evening before', '2026-05-01', '2026-05-02', {}, 'not_owed'],
    ['is not owed where it was gone long before', '2026-03-01', '2026-03-10', {}, 'not_owed'],
    ['is owed where it leaves on the day after', '2026-05-01', '2026-05-03', {}, 'owed'],
    ['is owed where it says so on the day itself', '2026-05-02', '2026-05-02', {}, 'owed'],
    ['is owed where it says so later, while the charge is still being made up for', '2026-05-20', '2026-05-20', {}, 'owed'],
    ['stands where it was charged', '2026-06-01', '2026-06-01', { isCharged: true }, 'charged'],
    ['is owed by what it does not leave', '2026-04-01', '2026-04-10', { takesPartElsewhere: true }, 'owed_elsewhere'],
    ['is owed by what it leaves too late, whatever else it takes part in', '2026-04-01', '2026-05-03', { takesPartElsewhere: true }, 'owed'],
    ['is none where nothing of it takes part on that day anyway', '2026-04-01', '2026-04-10', { takesPart: false }, undefined],
  ])('%s', (_, saidOn, from, over, standing) => {
    expect(chargeAtDeparture({ ...ALONE, ...over }, { saidOn: localDate(saidOn), from: localDate(from) })).toBe(standing);
  });
});
