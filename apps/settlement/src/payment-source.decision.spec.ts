import { describe, expect, it } from '@jest/globals';
import { cents, type BankLineId, type PayeeId, type PayerId, type RefundId } from '#libs/kernel';
import { sourcesOf, type PaidRefund } from './payment-source.decision.js';

const refund = (payer: string, amount: number, id = 'r'): PaidRefund => ({ refundId: id as RefundId, payerId: payer as PayerId, amount: cents(amount) });
const payment = { payeeId: 'e' as PayeeId, amount: cents(900) };

describe('the money of a payment', () => {
  it.each<[string, Parameters<typeof sourcesOf>[0], [string, bigint][]]>([
    ['comes to a place from what it is owed', { ...payment, purpose: 'place', refunds: [] }, [['payable:e', 900n]]],
    ['comes to a payer from what is to be given back to it', { ...payment, purpose: 'refund', refunds: [refund('p', 900)] }, [['refund_payable:p', 900n]]],
    ['comes once for several refunds of one payer', { ...payment, purpose: 'refund', refunds: [refund('p', 500), refund('p', 400)] }, [['refund_payable:p', 900n]]],
    ['comes from each of the payers that are one legal body', { ...payment, purpose: 'refund', refunds: [refund('p', 500), refund('q', 400)] },
      [['refund_payable:p', 500n], ['refund_payable:q', 400n]]],
    ['comes to a sender from the credit that was not ours', { ...payment, purpose: 'refund', refunds: [{ ...refund('p', 900), payerId: null, bankLineId: 'l' as BankLineId }] },
      [['refund_payable:l', 900n]]],
    ['comes to whom the commons give from what was voted to it', { ...payment, purpose: 'commons', refunds: [] }, [['allocated:e', 900n]]],
    ['comes to the operator from no debt of anybody: it is on its way between two accounts', { ...payment, purpose: 'fees', refunds: [] }, [['cash_in_transit', 900n]]],
  ])('%s', (_, given, expected) => {
    expect(sourcesOf(given).map(({ account, amount }) => [account, amount])).toEqual(expected);
  });
});
