import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { arrivalPosting, movementPosting, payoutOn, type AnnouncedPayout, type CreditLine, type Movement } from './stripe-balance.decision.js';

const ACCOUNT = idOf('bankAccount', '01900000-0000-7000-8000-0000000000aa');
const movement = (kind: Movement['kind'], net: number, fee = 0): Movement => ({ movementId: 'txn', kind, feeCents: cents(fee), netCents: cents(net), currency: 'EUR' });

describe('a movement at Stripe', () => {
  it.each<[string, Movement, string | undefined]>([
    ['a charge costs its fee', movement('charge', 3_915, 85), 'psp_fees < psp 85'],
    ['a charge without a fee costs nothing', movement('charge', 4_000), undefined],
    ['a payout is on its way', movement('payout', -3_915), 'cash_in_transit < psp 3915'],
    ['a dispute costs its fee; what it took is posted where its payment is known', movement('dispute', -6_000, 2_000), 'psp_fees < psp 2000'],
    ['a fee that Stripe gives back is spent no more', movement('dispute_reversal', 6_000, -2_000), 'psp < psp_fees 2000'],
    ['a refund is posted where it was ordered', movement('refund', -500), undefined],
    ['what is of no known kind is not posted', movement('other', -500, 10), undefined],
  ])('%s', (_, given, expected) => {
    const posting = movementPosting(ACCOUNT, given);
    expect(posting?.transfers.map(({ debit, credit, amount }) => `${debit} < ${credit} ${amount}`)[0]).toBe(expected);
    expect([posting?.rule ?? '5', posting?.custodyAccountId ?? ACCOUNT]).toEqual(['5', ACCOUNT]);
  });

  it.each([['payout', `bank:${ACCOUNT}`], ['unknown', 'bank_unknown']] as const)('that arrived as %s leaves the way between', (cameAs, debit) => {
    expect(arrivalPosting(ACCOUNT, cents(5), cameAs).transfers).toMatchObject([{ debit, credit: 'cash_in_transit', amount: 5n }]);
  });
});

describe('the payout that a credit brings', () => {
  const payout = (payoutId: string, amount: number, over: Partial<AnnouncedPayout> = {}): AnnouncedPayout =>
    ({ payoutId, amount: cents(amount), arrivesOn: localDate('2026-05-06'), descriptor: null, traceId: null, ...over });
  const line = (amount: number, over: Partial<CreditLine> = {}): CreditLine =>
    ({ amount: cents(amount), endToEndId: null, counterparty: null, remittance: null, entryRef: null, ...over });

  it.each<[string, CreditLine, AnnouncedPayout[], string | undefined]>([
    ['is known by the trace of the bank', line(5, { endToEndId: 'tr-12 ab' }), [payout('a', 5), payout('b', 5, { traceId: 'TR12AB' })], 'b'],
    ['is known by its descriptor, folded and in small letters', line(5, { remittance: 'mereau\npay outs' }), [payout('a', 5, { descriptor: 'MEREAU PAYOUTS' })], 'a'],
    ['is known by the name of the processor without one', line(5, { counterparty: 'Stripe Payments Europe' }), [payout('a', 5)], 'a'],
    ['is the earlier of two equal ones', line(5, { counterparty: 'STRIPE' }), [payout('late', 5), payout('soon', 5, { arrivesOn: localDate('2026-05-01') })], 'soon'],
    ['has its amount to the cent', line(6, { counterparty: 'STRIPE' }), [payout('a', 5)], undefined],
    ['is nobody\'s who only sends as much', line(5, { counterparty: 'BOULANGERIE', remittance: 'FACTURE' }), [payout('a', 5)], undefined],
    ['with another descriptor is not known by the name', line(5, { counterparty: 'STRIPE' }), [payout('a', 5, { descriptor: 'MEREAU' })], undefined],
    ['is announced', line(5, { counterparty: 'STRIPE' }), [], undefined],
  ])('%s', (_, credit, announced, expected) => {
    expect(payoutOn(credit, announced)?.payoutId).toBe(expected);
  });
});
