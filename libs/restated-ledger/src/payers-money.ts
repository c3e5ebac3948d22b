// Rows of the money of payers: from the bank or Stripe to cover, to activation, and back. Amounts as the messages say them.
import type { MoneyRules } from './rule.js';
import { account, clearing, move, rowIn } from './restated-transfer.js';

const [issuance, redemption, settlement] = [rowIn('issuance'), rowIn('redemption'), rowIn('settlement')];

/** `prefund:<programme>:<payer>`, where the message tells both. */
const prefund = (programmeId: string | undefined, payerId: string | undefined) =>
  account('prefund', programmeId !== undefined && payerId !== undefined ? `${programmeId}:${payerId}` : null);

export const PAYERS_MONEY = {
  'bank_credit.booked.v1': ({ custodyAccountId, amountCents, wasUnknown }) => [
    ...move(settlement('2', custodyAccountId), wasUnknown ? account('bank_unknown') : account('bank', custodyAccountId), clearing('issuance'), amountCents),
    ...move(issuance('2', custodyAccountId), clearing('settlement'), account('unmatched'), amountCents),
  ],
  'bank_credit.released.v1': ({ custodyAccountId, amountCents, bankLineId }) => [
    ...move(issuance('3b', custodyAccountId), account('unmatched'), clearing('settlement'), amountCents),
    ...move(settlement('3b', custodyAccountId), clearing('issuance'), account('refund_payable', bankLineId), amountCents),
  ],
  'receipt.matched.v1': ({ custodyAccountId, programmeId, orderId, shares, amountCents, feeCents = 0 }) => {
    // Several shares in one message are of before: then nobody is named.
    const payerId = shares.length === 1 ? shares[0]!.payerId : undefined;
    const row = issuance('3', custodyAccountId, { orderId, ...(programmeId && { programmeId }), ...(payerId && { payerId }) });
    return [
      ...move(row, account('unmatched'), prefund(programmeId, payerId), amountCents - feeCents),
      ...move(row, account('unmatched'), account('receivable', payerId ?? null), feeCents),
    ];
  },
  'payment.succeeded.v1': ({ custodyAccountId, programmeId, orderId, payerId, amountCents, coverCents, feeCents = 0 }) => {
    const row = issuance('4', custodyAccountId, { orderId, payerId, ...(programmeId && { programmeId }) });
    return [
      ...move(row, clearing('settlement'), prefund(programmeId, payerId), coverCents),
      ...move(row, clearing('settlement'), account('receivable', payerId), feeCents),
      ...move(row, clearing('settlement'), account('unmatched'), amountCents - coverCents - feeCents),
      ...move(settlement('4', custodyAccountId), account('psp'), clearing('issuance'), amountCents),
    ];
  },
  'invoice.issued.v1': ({ custodyAccountId, payerId, orderId, feeCents, vatCents }) => {
    const row = issuance('1', custodyAccountId, { payerId, orderId });
    return [
      ...move(row, account('receivable', payerId), account('fee_income'), feeCents),
      ...move(row, account('receivable', payerId), account('vat_collected'), vatCents),
    ];
  },
  'credit_note.issued.v1': ({ custodyAccountId, programmeId, payerId, orderId, feeCents, vatCents, coveredCents }) => {
    const row = issuance('1', custodyAccountId, { payerId, orderId, ...(programmeId && { programmeId }) });
    // What is unpaid leaves the receivable first, of the fee and then of its VAT; the rest had been paid.
    const unpaid = feeCents + vatCents - coveredCents;
    const [feeOwed, vatOwed] = [Math.min(feeCents, unpaid), Math.max(0, unpaid - feeCents)];
    return [
      ...move(row, account('fee_income'), account('receivable', payerId), feeOwed),
      ...move(row, account('fee_income'), prefund(programmeId, payerId), feeCents - feeOwed),
      ...move(row, account('vat_collected'), account('receivable', payerId), vatOwed),
      ...move(row, account('vat_collected'), prefund(programmeId, payerId), vatCents - vatOwed),
    ];
  },
  'range.activated.v1': ({ custodyAccountId, batchId, amountCents, shares }) => [
    ...shares.flatMap(({ payerId, amountCents: share }) =>
      move(issuance('6', custodyAccountId, { batchId, payerId }), prefund(undefined, payerId), clearing('redemption'), share)),
    ...move(redemption('6', custodyAccountId, { batchId }), clearing('issuance'), account('outstanding', batchId), amountCents),
  ],
  'batch.extended.v1': ({ custodyAccountId, batchId, orderId, amountCents }) => [
    ...move(issuance('24', custodyAccountId, { batchId, orderId }), account('expired', orderId), clearing('redemption'), amountCents),
    ...move(redemption('24', custodyAccountId, { batchId, orderId }), clearing('issuance'), account('outstanding', batchId), amountCents),
  ],
  'contradictory_statement.signed.v1': ({ custodyAccountId, orderId, outcome, expiredCents, owedCents = 0, shares }) => {
    if (outcome === 'extension') return [];
    const [row, expired] = [issuance('23', custodyAccountId, { orderId }), account('expired', orderId)];
    const debts = move(row, expired, account('receivable'), owedCents);
    if (outcome === 'commons') {
      return [
        ...debts, ...move(row, expired, clearing('settlement'), expiredCents - owedCents),
        ...move(settlement('23', custodyAccountId), clearing('issuance'), account('commons'), expiredCents - owedCents),
      ];
    }
    const to = (payerId?: string) => (outcome === 'refund' ? account('refund_due', payerId ?? null) : prefund(undefined, payerId));
    // Whose debt it was that a part paid is not told: then the rest is one sum.
    const given = owedCents > 0 ? move(row, expired, to(), expiredCents - owedCents)
      : shares.flatMap(({ payerId, expiredCents: share }) => move({ ...row, about: { orderId, payerId } }, expired, to(payerId), share));
    return [...debts, ...given];
  },
  'refund.requested.v1': ({ custodyAccountId, payerId, amountCents }) => [
    ...move(issuance('26', custodyAccountId, { payerId }), account('refund_due', payerId), clearing('settlement'), amountCents),
    ...move(settlement('26', custodyAccountId, { payerId }), clearing('issuance'), account('refund_payable', payerId), amountCents),
  ],
  'payment.refunded.v1': ({ custodyAccountId, payerId, amountCents }) =>
    move(settlement('26', custodyAccountId, { payerId }), account('refund_payable', payerId), account('psp'), amountCents),
  // Of before `hadLeft`: what came back is taken for what had been sent.
  'payment.refund_failed.v1': ({ custodyAccountId, payerId, amountCents, reasonCode, hadLeft = reasonCode === 'refund_returned' }) =>
    (hadLeft ? move(settlement('26', custodyAccountId, { payerId }), account('psp'), account('refund_payable', payerId), amountCents) : []),
  'payment.disputed.v1': ({ custodyAccountId, payerId, orderId, amountCents }) => [
    ...move(settlement('30', custodyAccountId), clearing('issuance'), account('psp'), amountCents),
    ...move(issuance('30', custodyAccountId, { payerId, orderId }), account('receivable', payerId), clearing('settlement'), amountCents),
  ],
  'payment.dispute_closed.v1': ({ custodyAccountId, payerId, orderId, outcome, amountCents }) => (outcome === 'lost' ? [] : [
    ...move(settlement('30', custodyAccountId), account('psp'), clearing('issuance'), amountCents),
    ...move(issuance('30', custodyAccountId, { payerId, orderId }), clearing('settlement'), account('receivable', payerId), amountCents),
  ]),
  'voucher.expired_chunk.v1': ({ custodyAccountId, batchId, amountCents }) => [
    ...move(redemption('22', custodyAccountId, { batchId }), account('outstanding', batchId), clearing('issuance'), amountCents),
    ...move(issuance('22', custodyAccountId, { batchId }), clearing('redemption'), account('expired'), amountCents),
  ],
} satisfies MoneyRules;
