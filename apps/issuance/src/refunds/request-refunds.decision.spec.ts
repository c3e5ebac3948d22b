import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate, ZERO, type PayerId } from '#libs/kernel';
import {
  coverPosting, decideCoverRefund, decideShareRefunds, refundPosting, type EndedCover, type SignedShares,
} from './request-refunds.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [ann, bob, eve] = ['1', '2', '3'].map((last) => idOf('payer', uuid(last))) as [PayerId, PayerId, PayerId];
const statement: SignedShares = {
  outcome: 'refund', signed: true, custodyAccountId: uuid('aa'), refunded: [],
  shares: [{ payerId: ann, expired: cents(5_000) }, { payerId: bob, expired: cents(3_000) }],
};
const both = [{ payerId: ann, amount: 5_000n }, { payerId: bob, amount: 3_000n }];

describe('the refund of a signed share', () => {
  it.each<[string, SignedShares | undefined, PayerId | null, object]>([
    ['needs a statement', undefined, null, { code: 'statement_not_found' }],
    ['is of a payer of it', statement, eve, { code: 'statement_not_found' }],
    ['waits for the last signature', { ...statement, signed: false }, null, { code: 'statement_not_signed' }],
    ['is not made of what went to the commons', { ...statement, outcome: 'commons' }, null, { code: 'nothing_to_refund', details: { outcome: 'commons' } }],
    ['is made to all payers', statement, null, { kind: 'refunds', refunds: both }],
    ['is made to one of them', statement, bob, { refunds: [both[1]] }],
    ['is made once', { ...statement, refunded: [ann] }, null, { refunds: [both[1]] }],
    ['is not made twice', { ...statement, refunded: [ann] }, ann, { code: 'nothing_to_refund' }],
    ['is not made of nothing', { ...statement, shares: [{ payerId: ann, expired: ZERO }] }, null, { code: 'nothing_to_refund' }],
  ])('%s', (_, given, only, expected) => {
    expect(decideShareRefunds(given, only)).toMatchObject(expected);
  });

  it('posts row 26', () => {
    expect(refundPosting('custody', { payerId: ann, amount: cents(5) })).toMatchObject({
      rule: '26', transfers: [{ debit: `refund_due:${ann}`, credit: 'clearing:settlement', amount: 5n }],
    });
  });
});

describe('the refund of cover that is left', () => {
  const cover: EndedCover = { custodyAccountId: uuid('aa'), claimableUntil: localDate('2027-01-31'), available: cents(700), payerKnown: true };
  const AFTER = new Date('2027-02-01T12:00:00Z');

  it.each<[string, EndedCover | undefined, Date, object]>([
    ['needs a programme', undefined, AFTER, { code: 'programme_not_found' }],
    ['needs a payer', { ...cover, payerKnown: false }, AFTER, { code: 'payer_not_found' }],
    ['waits for the end of the programme', cover, new Date('2027-02-01T11:59:59Z'), { code: 'claims_open' }],
    ['needs something that is left', { ...cover, available: ZERO }, AFTER, { code: 'nothing_to_refund' }],
    ['is of all that is left', cover, AFTER, { kind: 'refunds', refunds: [{ payerId: ann, amount: 700n }] }],
  ])('%s', (_, given, now, expected) => {
    expect(decideCoverRefund(given, ann, now)).toMatchObject(expected);
  });

  it('posts row 25', () => {
    expect(coverPosting(idOf('programme', uuid('a')), 'custody', { payerId: ann, amount: cents(700) })).toMatchObject({
      rule: '25', transfers: [{ debit: `prefund:${uuid('a')}:${ann}`, credit: `refund_due:${ann}`, amount: 700n }],
    });
  });
});
