import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideMandate, decideMandateConfirmation, decideMandateEnd, mandatesOn, type GivenMandate, type WaitingMandate } from './mandate.decision.js';

const TODAY = localDate('2026-03-10');
const day = localDate;

describe('a mandate', () => {
  const asked = { isAuditor: true, from: undefined, days: 30, today: TODAY, meeting: 0, meetingMax: 5 };
  it.each([
    ['is for an auditing body only', { isAuditor: false }, 'auditor_not_found'],
    ['is of days to come', { from: day('2026-02-01'), days: 37 }, 'mandate_over'],
    ['may end today', { from: day('2026-02-01'), days: 38 }, '2026-02-01..2026-03-10'],
    ['begins today where nothing is said', {}, '2026-03-10..2026-04-08'],
    ['of one day begins and ends on it', { from: day('2026-12-31'), days: 1 }, '2026-12-31..2026-12-31'],
    ['has its place in a token', { meeting: 5 }, 'mandates_too_many'],
  ])('%s', (_, over, expected) => {
    const decided = decideMandate({ ...asked, ...over });
    expect('code' in decided ? decided.code : `${decided.from}..${decided.until}`).toBe(expected);
  });
});

const waiting: WaitingMandate = { proposedBy: 'anna', payerId: null, isConfirmed: false, hasEnded: false, lastDay: TODAY };

describe('a second person', () => {
  it.each([
    ['stands for it', {}, 'bert', 'confirmed'],
    ['is not the first', {}, 'anna', 'confirmer_is_proposer'],
    ['is not asked for a payer\'s', { payerId: 'p' }, 'bert', 'mandate_not_found'],
    ['is not asked twice', { isConfirmed: true }, 'bert', 'mandate_confirmed'],
    ['comes too late when it has ended', { hasEnded: true }, 'bert', 'mandate_over'],
    ['comes too late when its days are over', { lastDay: day('2026-03-09') }, 'bert', 'mandate_over'],
  ])('%s', (_, over, confirmer, expected) => {
    const decided = decideMandateConfirmation({ ...waiting, ...over }, confirmer, TODAY);
    expect('code' in decided ? decided.code : decided.kind).toBe(expected);
  });

  it('finds none that is not there', () => {
    expect(decideMandateConfirmation(undefined, 'bert', TODAY)).toMatchObject({ code: 'mandate_not_found' });
  });
});

describe('an end', () => {
  it.each([
    ['of one that waits was no given one', {}, null, { kind: 'ended', wasGiven: false }],
    ['of a given one', { isConfirmed: true }, null, { kind: 'ended', wasGiven: true }],
    ['by its payer', { payerId: 'p' }, 'p', { kind: 'ended', wasGiven: true }],
    ['by the operator, of a payer\'s', { payerId: 'p' }, null, { kind: 'ended', wasGiven: true }],
    ['by another payer', { payerId: 'p' }, 'q', { code: 'mandate_not_found' }],
    ['of the operator\'s by a payer', { isConfirmed: true }, 'p', { code: 'mandate_not_found' }],
    ['of one that has ended', { hasEnded: true }, null, { code: 'mandate_over' }],
    ['of one whose days are over', { lastDay: day('2026-03-09') }, null, { code: 'mandate_over' }],
  ])('%s', (_, over, of, expected) => {
    expect(decideMandateEnd({ ...waiting, ...over }, of, TODAY)).toMatchObject(expected);
  });
});

describe('a token', () => {
  const given = (firstDay: string, lastDay: string, hasEnded = false): GivenMandate =>
    ({ mandateId: `${firstDay}${hasEnded ? ' ended' : ''}`, programmeIds: [], payerIds: [], firstDay: day(firstDay), lastDay: day(lastDay), hasEnded });

  it.each([
    ['tells nothing where nothing was given', [], [], false],
    ['tells both days of its edge', [given('2026-03-10', '2026-04-01'), given('2026-01-01', '2026-03-10')], ['2026-03-10', '2026-01-01'], true],
    ['tells none of tomorrow', [given('2026-03-11', '2026-04-01')], [], false],
    ['remembers one of yesterday', [given('2026-01-01', '2026-03-09')], [], true],
    ['remembers one that was taken back', [given('2026-01-01', '2026-04-01', true)], [], true],
  ])('%s', (_, mandates, inForce, hadOne) => {
    const told = mandatesOn(mandates, TODAY);
    expect([told.inForce.map(({ mandateId }) => mandateId), told.hadOne]).toEqual([inForce, hadOne]);
  });
});
