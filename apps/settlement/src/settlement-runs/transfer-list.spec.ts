import { describe, expect, it } from '@jest/globals';
import { cents, type DestinationId, type PayeeId, type PaymentId, type StatementId } from '#libs/kernel';
import type { PayeeDestination } from './create-run.decision.js';
import type { RunPayment } from './run.store.js';
import { transferListOf } from './transfer-list.js';

const payment = (id: string, amount: number): RunPayment<PayeeDestination> => ({
  paymentId: id as PaymentId, payeeId: 'p' as PayeeId, legalName: 'Commune', amount: cents(amount), refunds: [],
  statements: [{ id: 's1' as StatementId, net: cents(amount) }],
  account: { rail: 'stripe', id: 'd' as DestinationId, version: 1, blocked: false, changedAt: null, stripeAccountId: 'acct_1' },
});

describe('the list of transfers of a run', () => {
  it('is a canonical line per transfer, with all that Stripe is asked for, in the order of their ids', () => {
    expect(transferListOf('MRU1', [payment('b', 20), payment('a', 966)]).toString()).toBe([
      '{"amount":966,"currency":"eur","description":"MEREAU RELEVE s1","destination":"acct_1","metadata":{"payment_id":"a"},"transfer_group":"MRU1"}',
      '{"amount":20,"currency":"eur","description":"MEREAU RELEVE s1","destination":"acct_1","metadata":{"payment_id":"b"},"transfer_group":"MRU1"}',
      '',
    ].join('\n'));
  });
});
