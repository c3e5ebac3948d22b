import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { decideHold, decideReview, holdPosting, reviewPosting, type Hold } from './hold.decision.js';

const payeeId = idOf('payee', '01900000-0000-7000-8000-000000000004');
const of = { payeeId, custodyAccountId: '01900000-0000-7000-8000-0000000000aa' };
const hold: Hold = { ...of, outcome: null };
const by = { reviewer: 'bert', lastMakers: ['anna'] };

describe('a closing', () => {
  it.each([
    [true, true, 'first_remittance'],
    [true, false, undefined],
    [false, true, undefined],
    [false, false, undefined],
  ])('with the first remittance held (%s) and a payee at its first one (%s) holds for %s', (holdFirstRemittance, firstRemittance, reason) => {
    expect(decideHold({ firstRemittance, gross: 1n }, { holdFirstRemittance })).toBe(reason);
  });

  it.each([0n, -1n])('holds nothing back of lines that come to %s cents: there is nothing to look at', (gross) => {
    expect(decideHold({ firstRemittance: true, gross }, { holdFirstRemittance: true })).toBeUndefined();
  });
});

describe('a review', () => {
  it.each<[string, Hold | undefined, Partial<typeof by>, object]>([
    ['decides', hold, {}, { kind: 'reviewed' }],
    ['decides though the payee has no bank account yet', hold, { lastMakers: [] }, { kind: 'reviewed' }],
    ['needs a hold', undefined, {}, { code: 'hold_unknown' }],
    ['does not decide again', { ...hold, outcome: 'rejected' }, {}, { code: 'hold_decided', details: { outcome: 'rejected' } }],
    ['is not for who entered the bank account', hold, { lastMakers: ['anna', 'bert'] }, { code: 'reviewer_changed_iban' }],
    ['names what was decided before who asks', { ...hold, outcome: 'released' }, { lastMakers: ['bert'] }, { code: 'hold_decided' }],
  ])('%s', (_name, subject, over, expected) => {
    expect(decideReview(subject, 'released', { ...by, ...over })).toMatchObject(expected);
  });

  it.each<[string, NonNullable<Hold['alert']>, object, object]>([
    ['by another person', { upheldBy: 'anna', appeal: 'none' }, { kind: 'reviewed' }, { kind: 'reviewed' }],
    ['never by who upheld it', { upheldBy: 'bert', appeal: 'none' }, { code: 'reviewer_upheld_alert' }, { code: 'reviewer_upheld_alert' }],
    ['while an appeal waits', { upheldBy: 'anna', appeal: 'open' }, { kind: 'reviewed' }, { code: 'alert_appeal_open' }],
    ['after an appeal was rejected', { upheldBy: 'anna', appeal: 'rejected' }, { kind: 'reviewed' }, { kind: 'reviewed' }],
    ['after an appeal was upheld', { upheldBy: 'anna', appeal: 'upheld' }, { kind: 'reviewed' }, { code: 'alert_overturned' }],
  ])('of lines that are held for an alert: %s', (_name, alert, released, rejected) => {
    expect(decideReview({ ...hold, alert }, 'released', by)).toMatchObject(released);
    expect(decideReview({ ...hold, alert }, 'rejected', by)).toMatchObject(rejected);
  });
});

describe('the postings of a hold', () => {
  it('are row 10 there and back, and row 11 to the payers', () => {
    const moves = ({ rule, transfers }: ReturnType<typeof holdPosting>) => [rule, transfers.map(({ debit, credit, amount }) => `${debit} ${credit} ${amount}`)];
    expect(moves(holdPosting(of, cents(7)))).toEqual(['10', [`accrued:${payeeId} held:${payeeId} 7`]]);
    expect(moves(reviewPosting(of, 'released', cents(7)))).toEqual(['10', [`held:${payeeId} accrued:${payeeId} 7`]]);
    expect(moves(reviewPosting(of, 'rejected', cents(7)))).toEqual(['11', [`held:${payeeId} clearing:issuance 7`]]);
  });
});
