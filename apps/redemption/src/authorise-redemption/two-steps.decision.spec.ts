import { describe, expect, it } from '@jest/globals';
import { VoucherAuthorisedV1, VoucherReleasedV1 } from '#libs/contracts';
import { cents, idOf, localDate, ZERO } from '#libs/kernel';
import { decideCancellation, type Cancellable } from '../cancel-authorisation/cancel-authorisation.decision.js';
import { decideCheck } from '../check-voucher/check-voucher.decision.js';
import { decideConfirmation } from '../confirm-redemption/confirm-redemption.decision.js';
import type { Attempt, Hold, Standing, Voucher } from '../redeem-voucher/redeem-voucher.decision.js';
import { authorisedEventOf, decideAuthorisation, holdOf, holdsAt } from './authorise-redemption.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const placeId = idOf('place', uuid('2'));
const MINUTE = 60_000;
const until = new Date('2026-03-10T09:40:00Z');
const unit: Voucher = {
  id: idOf('voucher', uuid('b')), spendable: true, stopped: false, balance: cents(1_000), expired: ZERO,
  batch: {
    id: idOf('batch', uuid('8')), programmeId: idOf('programme', uuid('1')), unit: true, face: cents(1_000), usableUntil: localDate('2026-12-31'),
    claimableUntil: localDate('2027-01-31'), services: [], custodyAccountId: uuid('aa'), expiring: false, frozen: false,
  },
};
const balance: Voucher = { ...unit, batch: { ...unit.batch, unit: false } };
const hold: Hold = { id: idOf('redemption', uuid('cc')), amount: cents(400), until };
const attempt: Attempt = {
  redemptionId: idOf('redemption', uuid('a')), placeId, serviceDate: localDate('2026-03-10'), coPayment: ZERO, at: new Date('2026-03-10T09:30:00Z'),
};
const standing: Standing = {
  site: { id: idOf('site', uuid('3')), today: localDate('2026-03-10') }, accreditedForAny: true, feeRuleVersion: 4,
  accreditation: { version: 2, from: localDate('2026-01-01'), to: localDate('2026-12-31') },
};
const asking = (amount: number): Attempt => ({ ...attempt, amount: cents(amount) });

describe('an authorisation', () => {
  it('holds what would be redeemed, from its moment for its time, and tells a fact that its contract takes', () => {
    const outcome = decideAuthorisation(balance, asking(400), standing, 10 * MINUTE);
    if (outcome.kind === 'rejected') throw new Error(outcome.code);
    expect(outcome.authorisation).toMatchObject({ amount: 400n, authorisedAt: attempt.at, heldUntil: until });
    expect(outcome.authorisation).not.toHaveProperty('balanceAfter');
    expect(holdOf(outcome.authorisation)).toEqual({ id: attempt.redemptionId, amount: 400n, until });
    expect(VoucherAuthorisedV1.schema.parse(authorisedEventOf(outcome.authorisation, 7)))
      .toMatchObject({ heldUntil: until.toISOString(), voucherIndex: 7 });
  });

  it.each([
    ['what a redemption would be refused', { ...unit, stopped: true }, attempt, 'voucher_stopped'],
    ['a second hold, of what the first one leaves too', { ...balance, hold }, asking(100), 'voucher_held'],
    ['more than is left, held or not, as that', { ...balance, hold }, asking(1_001), 'voucher_balance_too_low'],
  ])('refuses %s', (_, voucher, asked, code) => {
    expect(decideAuthorisation(voucher, asked, standing, MINUTE)).toMatchObject({ kind: 'rejected', code });
  });

  it('is over at its own instant', () => {
    expect([holdsAt({ until }, new Date(until.getTime() - 1)), holdsAt({ until }, until)]).toEqual([true, false]);
  });
});

describe('a confirmation', () => {
  const authorised = { amount: cents(400), cancelled: false };
  it.each([
    ['takes what was authorised', balance, attempt, 'redeemed', 400n], ['takes less', balance, asking(1), 'redeemed', 1n],
  ])('%s', (_, voucher, asked, kind, amount) => {
    expect(decideConfirmation(voucher, asked, standing, authorised))
      .toMatchObject({ kind, redemption: { amount }, frozen: { feeRuleVersion: 4 } });
  });

  it.each([
    ['more than was authorised', balance, asking(401), authorised, 'amount_over_authorised', { authorisedCents: 400 }],
    ['what was cancelled, whatever else', { ...balance, stopped: true }, asking(401), { ...authorised, cancelled: true },
      'authorisation_cancelled', {}],
    ['what somebody else holds by now', { ...balance, balance: cents(500), hold }, attempt, authorised, 'voucher_held',
      { heldUntil: until.toISOString(), availableCents: 100 }],
    ['what is no longer there', { ...balance, balance: cents(399) }, attempt, authorised, 'voucher_balance_too_low', { availableCents: 399 }],
  ])('refuses %s', (...[, voucher, asked, of, code, details]) => {
    expect(decideConfirmation(voucher, asked, standing, of)).toEqual({ kind: 'rejected', code, details });
  });
});

describe('a check', () => {
  it.each([
    ['a unit voucher', unit, attempt, { takeable: 1_000n, free: 1_000n }],
    ['a balance, whatever amount', balance, attempt, { takeable: 1_000n, free: 1_000n }],
    ['a balance with a bound', { ...balance, batch: { ...balance.batch, redemptionMax: cents(700) } }, attempt, { takeable: 700n, free: 1_000n }],
    ['a balance that is held in part', { ...balance, hold }, attempt, { takeable: 600n, free: 600n, heldUntil: until }],
  ])('says what is left of %s', (_, voucher, asked, said) => {
    expect(decideCheck(voucher, asked, standing)).toEqual({ kind: 'checked', batch: voucher.batch, ...said });
  });

  it.each([
    ['nothing is left', { ...balance, balance: ZERO }, attempt, 'voucher_balance_too_low'],
    ['all of it is held', { ...balance, hold: { ...hold, amount: cents(1_000) } }, attempt, 'voucher_held'],
    ['the amount is too much', balance, asking(1_001), 'voucher_balance_too_low'], ['nobody knows it', undefined, attempt, 'voucher_not_found'],
  ])('says no as a redemption does when %s', (_, voucher, asked, code) => {
    expect(decideCheck(voucher, asked, standing)).toMatchObject({ kind: 'rejected', code });
  });
});

describe('a cancelling', () => {
  const found: Cancellable = {
    authorisationId: idOf('authorisation', uuid('a')), voucherId: unit.id, batchId: unit.batch.id, placeId, amount: cents(400), confirmed: null,
    cancelledAt: null,
  };
  const by = { placeId, at: until };
  it('tells a fact that its contract takes; asked again it is what it was', () => {
    const outcome = decideCancellation(found, by);
    expect(VoucherReleasedV1.schema.parse((outcome as { event: unknown }).event))
      .toMatchObject({ amountCents: 400, cancelledAt: until.toISOString() });
    expect(decideCancellation({ ...found, cancelledAt: attempt.at }, by)).toEqual({ kind: 'known', cancelledAt: attempt.at });
  });

  it.each([
    ['what there is not', undefined, 'authorisation_not_found', {}],
    ['what another place authorised', { ...found, placeId: idOf('place', uuid('22')) }, 'authorisation_not_found', {}],
    ['what is confirmed', { ...found, confirmed: cents(300) }, 'authorisation_confirmed', { amountCents: 300 }],
  ])('refuses %s', (_, authorisation, code, details) => {
    expect(decideCancellation(authorisation, by)).toEqual({ kind: 'rejected', code, details });
  });
});
