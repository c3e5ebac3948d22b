import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { decideTransferStep, transferPosting, type StripeSays, type TransferState, type TransferStep } from './transfer-outcome.decision.js';

const paymentId = idOf('payment', '01900000-0000-7000-8000-00000000000e');
const payeeId = idOf('payee', '01900000-0000-7000-8000-000000000004');
const asked = (state: TransferState) => ({ paymentId, destination: 'acct_1', amount: cents(966), state });
const made = (over: Partial<Extract<StripeSays, { kind: 'transfer' }>> = {}): StripeSays =>
  ({ kind: 'transfer', transferId: 'tr_1', movementId: 'txn_1', amountCents: cents(966), destination: 'acct_1', ...over });
const no = (code: string): StripeSays => ({ kind: 'rejected', code });
const back: StripeSays = { kind: 'reversal', movementId: 'txn_2' };

describe('a payment by Stripe', () => {
  it.each<[string, TransferState, StripeSays, TransferStep | undefined]>([
    ['that Stripe made is sent', 'asked', made(), { kind: 'sent', transferId: 'tr_1', movementId: 'txn_1' }],
    ['that Stripe made and has not listed is sent', 'asked', made({ movementId: undefined }), { kind: 'sent', transferId: 'tr_1', movementId: null }],
    ['is sent once', 'sent', made(), undefined],
    ['without cover is owed again, and its account is as good as before', 'asked', no('balance_insufficient'), { kind: 'refused', reasonCode: 'balance_insufficient', blocks: false }],
    ['that Stripe allows for no reason that it names blocks no account', 'asked', no('transfer_not_allowed'), { kind: 'refused', reasonCode: 'transfer_not_allowed', blocks: false }],
    ['to a closed account blocks it', 'asked', no('destination_closed'), { kind: 'refused', reasonCode: 'destination_closed', blocks: true }],
    ['to an account that may not be sent money blocks it', 'asked', no('destination_not_able'), { kind: 'refused', reasonCode: 'destination_not_able', blocks: true }],
    ['is refused once', 'refused', no('destination_closed'), undefined],
    ['that was sent is not refused by an older answer', 'sent', no('balance_insufficient'), undefined],
    ['that was sent comes back', 'sent', back, { kind: 'reversed', movementId: 'txn_2' }],
    ['comes back once', 'reversed', back, undefined],
    ['that came back is not sent by an older answer', 'reversed', made(), undefined],
    ['that we do not know to be sent does not come back yet', 'asked', back, undefined],
  ])('%s', (_, state, says, step) => {
    expect(decideTransferStep(asked(state), says)).toEqual(step);
  });

  it.each<[string, TransferState, StripeSays]>([
    ['a transfer of what was refused', 'refused', made()],
    ['a transfer of another amount', 'asked', made({ amountCents: cents(965) })],
    ['a transfer to another account', 'asked', made({ destination: 'acct_2' })],
    ['a key that was used for something else', 'asked', no('idempotency_key_reused')],
  ])('is not settled by %s, which is a fault', (_, state, says) => {
    expect(() => decideTransferStep(asked(state), says)).toThrow();
  });

  it.each([
    ['sent', '15', 'transit', 'psp'], ['refused', '16', 'transit', 'payable'], ['reversed', '17', 'psp', 'payable'],
  ] as const)('%s is row %s, from %s to %s', (step, rule, debit, credit) => {
    const posting = transferPosting({ paymentId, payeeId, custodyAccountId: idOf('bankAccount', paymentId), amount: cents(966) }, step);
    expect([posting.rule, posting.transfers.map((one) => [one.debit.split(':')[0], one.credit.split(':')[0], one.amount])])
      .toEqual([rule, [[debit, credit, 966n]]]);
  });
});
