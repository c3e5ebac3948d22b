import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { decideRefundStep, stripeRefundPosting, type RefundState, type RefundStep, type StripeSays } from './refund-outcome.decision.js';

const says = (state: 'pending' | 'succeeded' | 'failed'): StripeSays => ({ kind: 'refund', state, stripeRefundId: 're_1' });
const rejected: StripeSays = { kind: 'rejected', code: 'payment_disputed' };
const returned: StripeSays = { kind: 'returned' };
const failed = (reasonCode: string, hadLeft: boolean): RefundStep => ({ kind: 'failed', reasonCode, hadLeft });

describe('a refund by Stripe', () => {
  it.each<[string, RefundState, StripeSays, RefundStep | undefined]>([
    ['that is on its way waits', 'asked', says('pending'), undefined],
    ['that arrived is paid', 'asked', says('succeeded'), { kind: 'refunded', stripeRefundId: 're_1' }],
    ['that Stripe could not send is owed again', 'asked', says('failed'), failed('refund_failed', false)],
    ['that Stripe refuses is owed again', 'asked', rejected, failed('payment_disputed', false)],
    ['that came back is owed again, and had left', 'refunded', returned, failed('refund_returned', true)],
    ['that came back before we knew that it left never left here', 'asked', returned, failed('refund_returned', false)],
    ['that arrived arrives once', 'refunded', says('succeeded'), undefined],
    ['that arrived is not undone by an older answer', 'refunded', says('pending'), undefined],
    ['that failed never comes to life', 'failed', says('succeeded'), undefined],
    ['that failed fails once', 'failed', returned, undefined],
  ])('%s', (_, state, what, step) => {
    expect(decideRefundStep(state, what)).toEqual(step);
  });

  it.each([['sent', 'refund_payable', 'psp'], ['returned', 'psp', 'refund_payable']] as const)('%s moves from %s to %s', (what, from, to) => {
    const { rule, transfers } = stripeRefundPosting('here', idOf('payer', '01900000-0000-7000-8000-000000000001'), cents(5), what);
    expect([rule, transfers.map(({ debit, credit, amount }) => [debit.split(':')[0], credit.split(':')[0], amount])]).toEqual(['26', [[from, to, 5n]]]);
  });
});
