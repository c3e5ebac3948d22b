import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, idOf, sum } from '#libs/kernel';
import { decideBooking, outcomeAtArrival, type Asked, type Found, type PaidOrder } from './book-card-payments.decision.js';

const PAYER = idOf('payer', '01900000-0000-7000-8000-000000000001');
const PROGRAMME = idOf('programme', '01900000-0000-7000-8000-000000000002');
const PREFUND = `prefund:${PROGRAMME}:${PAYER}`;
const order = (amount: number, funded: number, feeDue = 0): PaidOrder =>
  ({ programmeId: PROGRAMME, custodyAccountId: 'here', isCancelled: false, shares: [{ payerId: PAYER, amount: cents(amount), funded: cents(funded), feeDue: cents(feeDue) }] });
const asked = (amount = 4_000): Asked => ({ orderId: 'o', payerId: PAYER, amount: cents(amount) });
const found = (over: Partial<Found> = {}, amount = 4_000): Found => ({
  orderId: 'o', state: 'paid', amountCents: cents(amount), receivedCents: cents(amount), currency: 'EUR', livemode: false,
  paymentId: 'pi_1', ...over,
});

describe('a card payment that is paid', () => {
  it.each<[string, PaidOrder, number, number, [string, number][]]>([
    ['is cover of its share', order(4_000, 0), 4_000, 0, [[PREFUND, 4_000]]],
    ['is too much where a transfer paid a part meanwhile', order(4_000, 1_000), 3_000, 1_000, [[PREFUND, 3_000], ['unmatched', 1_000]]],
    ['is all too much where the order was cancelled meanwhile', { ...order(4_000, 0), isCancelled: true }, 0, 4_000, [['unmatched', 4_000]]],
    ['is all too much where the share is paid', order(4_000, 4_000), 0, 4_000, [['unmatched', 4_000]]],
    ['pays the fee with what the face value leaves', order(4_000, 1_000, 480), 3_000, 520, [[PREFUND, 3_000], [`receivable:${PAYER}`, 480], ['unmatched', 520]]],
    ['is all fee once the face value is paid', order(4_000, 4_000, 4_000), 0, 0, [[`receivable:${PAYER}`, 4_000]]],
  ])('%s', (_, paidOrder, cover, excess, credits) => {
    const booking = decideBooking(asked(), found(), false, paidOrder);
    expect(booking).toMatchObject({ stripePaymentId: 'pi_1', cover: cents(cover), excess: cents(excess) });
    expect(booking).toMatchObject({ posting: { rule: '4', custodyAccountId: 'here' } });
    if (typeof booking === 'string') throw new Error(booking);
    expect(booking.posting.transfers.map(({ debit, credit, amount }) => [debit, credit, Number(amount)]))
      .toEqual(credits.map(([account, amount]) => ['clearing:settlement', account, amount]));
  });

  it('loses no cent and funds nothing twice', () => {
    const aPart = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), aPart, (amount, owed, part) => {
      const funded = Math.floor(owed * part);
      const booking = decideBooking(asked(amount), found({}, amount), false, order(owed, funded));
      if (typeof booking === 'string') throw new Error(booking);
      expect(booking.cover + booking.excess).toBe(BigInt(amount));
      expect(sum(booking.posting.transfers.map((one) => one.amount))).toBe(BigInt(amount));
      expect(booking.cover >= 0n && BigInt(funded) + booking.cover <= BigInt(owed)).toBe(true);
    }));
  });

  it.each<[string, Partial<Found>, string]>([
    ['is not there yet', { state: 'processing' }, 'not_paid'],
    ['is open', { state: 'open' }, 'not_paid'],
    ['is of another order', { orderId: 'p' }, 'differs'],
    ['is of no order', { orderId: undefined }, 'differs'],
    ['is of another amount', { amountCents: cents(3_999) }, 'differs'],
    ['brought another amount', { receivedCents: cents(3_999) }, 'differs'],
    ['is in another currency', { currency: 'USD' }, 'differs'],
    ['is real where play money is expected', { livemode: true }, 'differs'],
    ['has no payment', { paymentId: undefined }, 'differs'],
  ])('is not booked when it %s', (_, over, expected) => {
    expect(decideBooking(asked(), found(over), false, order(4_000, 0))).toBe(expected);
  });

  it('that is play money funds nothing where money is real', () => {
    expect(decideBooking(asked(), found(), true, order(4_000, 0))).toBe('differs');
  });
});

describe('a webhook', () => {
  it.each<[string, string | null, boolean, string | null]>([
    ['of a session', 'cs_1', false, null], ['of something else', null, false, 'no_session'], ['of the other mode', 'cs_1', true, 'other_mode'],
  ])('%s is worth a look or is done', (_, sessionId, livemode, outcome) => {
    expect(outcomeAtArrival({ sessionId, livemode }, false)).toBe(outcome);
  });
});
