import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate, reject } from '#libs/kernel';
import type { LookedUp } from '../look-up-voucher/look-up-voucher.decision.js';
import { decideReceipt, type LastUse } from './show-receipt.decision.js';

const lookedUp = { kind: 'looked_up', state: 'used', available: cents(0) } as LookedUp;
const use: LastUse = {
  redemptionId: idOf('redemption', '01902c7b-5d2a-7c3e-9f00-000000000001'), placeName: 'Médiathèque', commune: null, service: null, serviceDate: localDate('2026-03-10'),
  redeemedAt: new Date('2026-03-10T09:00:00Z'), amount: cents(1_000), coPayment: cents(0), leftAfter: cents(0), undoneOn: null,
};

describe('the receipt of a voucher', () => {
  it('is of its last use', () => {
    expect(decideReceipt(lookedUp, use)).toEqual({ kind: 'receipt', use, lookedUp });
  });

  it('is none where it was never used', () => {
    expect(decideReceipt(lookedUp, undefined)).toEqual(reject('voucher_without_use'));
  });

  it('tells nothing of one of which nothing is told, used or not', () => {
    expect(decideReceipt(reject('voucher_not_found'), use)).toEqual(reject('voucher_not_found'));
    expect(decideReceipt(reject('voucher_not_found'), undefined)).toEqual(reject('voucher_not_found'));
  });
});
