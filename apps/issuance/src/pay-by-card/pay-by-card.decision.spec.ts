import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { decideCardPayment, decideExposure, type Asking, type Exposure, type PayableOrder } from './pay-by-card.decision.js';

const payer = (at: number) => idOf('payer', `01900000-0000-7000-8000-00000000000${at}`);
const share = (at: number, amount: number, funded = 0) => ({ payerId: payer(at), reference: `R${at}`, amount: cents(amount), funded: cents(funded) });
const alone: PayableOrder = { custodyAccountId: 'here', shares: [share(1, 10_000, 2_500)] };
const two: PayableOrder = { custodyAccountId: 'here', shares: [share(1, 6_000), share(2, 4_000, 4_000)] };
const asking = (over: Partial<Asking> = {}): Asking => ({ caller: null, payerId: null, cardAccount: 'here', ...over });

describe('a payment by card', () => {
  it.each<[string, PayableOrder, Asking, number, number]>([
    ['asks what the only share still owes', alone, asking(), 1, 7_500],
    ['asks the payer that the operator names', two, asking({ payerId: payer(1) }), 1, 6_000],
    ['asks the payer that calls', two, asking({ caller: payer(1) }), 1, 6_000],
  ])('%s', (_, order, asked, of, due) => {
    expect(decideCardPayment(order, asked)).toMatchObject({ payerId: payer(of), due: cents(due) });
  });

  it.each<[string, PayableOrder | undefined, Asking, string]>([
    ['needs an order', undefined, asking(), 'order_not_found'],
    ['of several payers needs to know which', two, asking(), 'share_not_named'],
    ['is for one of the payers', two, asking({ payerId: payer(3) }), 'share_not_found'],
    ['of others is nothing that a payer knows of', two, asking({ caller: payer(3) }), 'order_not_found'],
    ['needs an account to go to', alone, asking({ cardAccount: undefined }), 'card_account_missing'],
    ['goes to the account of the programme or nowhere', alone, asking({ cardAccount: 'elsewhere' }), 'card_account_other'],
    ['is not asked of who has paid', two, asking({ caller: payer(2) }), 'order_fully_funded'],
  ])('%s', (_, order, asked, code) => {
    expect(decideCardPayment(order, asked)).toMatchObject({ kind: 'rejected', code });
  });
});

describe('a direct debit', () => {
  const exposure = (open: number, openOfPayer: number): Exposure =>
    ({ limit: cents(1_000), limitPerPayer: cents(400), open: cents(open), openOfPayer: cents(openOfPayer) });

  it.each<[string, number, Exposure | undefined, object | undefined]>([
    ['is asked for within both limits', 400, exposure(600, 0), undefined],
    ['is refused a cent above what is left in all', 401, exposure(600, 0), { code: 'sepa_exposure_exceeded', details: { amountCents: 401, leftCents: 400 } }],
    ['is refused a cent above what is left to its payer', 301, exposure(600, 100), { code: 'sepa_exposure_exceeded', details: { leftCents: 300 } }],
    ['is refused where limits were lowered under what is open', 1, exposure(1_200, 0), { code: 'sepa_exposure_exceeded', details: { leftCents: 0 } }],
    ['is refused where nobody said how much may be lost', 1, undefined, { code: 'sepa_debit_off' }],
  ])('%s', (_, due, given, expected) => {
    const decided = decideExposure(cents(due), given);
    if (expected === undefined) expect(decided).toBeUndefined();
    else expect(decided).toMatchObject(expected);
  });
});
