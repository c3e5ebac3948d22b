// Rows of the money of places: from a redemption over its claim to a statement, a payment, and what comes back of it.
import type { MoneyRules } from './rule.js';
import { account, clearing, move, rowIn, type RestatedAccount } from './restated-transfer.js';

const [issuance, redemption, settlement] = [rowIn('issuance'), rowIn('redemption'), rowIn('settlement')];

/** Redemption does not know payees, nor do all messages of claims: who is owed is told by statements. */
const [ACCRUED, HELD] = [account('accrued'), account('held')];

/** What the money of a payment is taken from, and owed in again when it does not arrive. */
const owedFor = (purpose: 'place' | 'refund' | 'commons' | 'fees' | 'early'): RestatedAccount =>
  account({ place: 'payable', refund: 'refund_payable', commons: 'allocated', fees: 'cash_in_transit', early: 'advance' }[purpose]);
const bank = (custodyAccountId: string | undefined) => account('bank', custodyAccountId ?? null);
type Paid = Readonly<{
  custodyAccountId?: string | undefined; payeeId: string; statementId?: string | undefined; wasUnknown?: true | undefined;
}>;
/** What a place owes is taken of its statement, or comes by a bank line, which may have stood unexplained. */
function paidFrom({ custodyAccountId, payeeId, statementId, wasUnknown }: Paid): RestatedAccount {
  if (statementId !== undefined) return account('payable', payeeId);
  return wasUnknown ? account('bank_unknown') : bank(custodyAccountId);
}
const transit = (paymentId: string) => account('transit', paymentId);

export const PLACES_MONEY = {
  'voucher.redeemed.v1': ({ custodyAccountId, programmeId, batchId, placeId, amountCents }) => [
    ...move(redemption('7', custodyAccountId, { programmeId, batchId }), account('outstanding', batchId), clearing('settlement'), amountCents),
    ...move(settlement('7', custodyAccountId, { programmeId, placeId }), clearing('redemption'), ACCRUED, amountCents),
  ],
  'redemption.undone.v1': ({ custodyAccountId, programmeId, batchId, placeId, amountCents }) => [
    ...move(redemption('8', custodyAccountId, { programmeId, batchId }), clearing('settlement'), account('outstanding', batchId), amountCents),
    ...move(settlement('8', custodyAccountId, { programmeId, placeId }), ACCRUED, clearing('redemption'), amountCents),
  ],
  'voucher.replaced.v1': ({ custodyAccountId, batchId, replacementBatchId, amountCents }) =>
    move(redemption('9', custodyAccountId, { batchId }), account('outstanding', batchId), account('outstanding', replacementBatchId), amountCents),
  'claim_line.held.v1': ({ custodyAccountId, batchId, amountCents }) => move(settlement('10', custodyAccountId, { batchId }), ACCRUED, HELD, amountCents),
  'claim_line.released.v1': ({ custodyAccountId, batchId, amountCents }) => move(settlement('10', custodyAccountId, { batchId }), HELD, ACCRUED, amountCents),
  // Issuance splits it by the order's shares: to whom is not told.
  'claim_line.rejected.v1': ({ custodyAccountId, batchId, amountCents }) => [
    ...move(settlement('11', custodyAccountId, { batchId }), HELD, clearing('issuance'), amountCents),
    ...move(issuance('11', custodyAccountId, { batchId }), clearing('settlement'), account('prefund'), amountCents),
  ],
  'incident.posted.v1': ({ custodyAccountId, batchId, placeId, amountCents }) => [
    ...move(settlement('19', custodyAccountId, { batchId, placeId }), ACCRUED, clearing('issuance'), amountCents),
    ...move(issuance('19', custodyAccountId, { batchId }), clearing('settlement'), account('prefund'), amountCents),
  ],
  'statement.closed.v1': ({ custodyAccountId, payeeId, netCents, feeCents, vatCents, commonsCents, commonsShares = [] }) => {
    const row = settlement('12', custodyAccountId, { payeeId });
    return [
      ...move(row, ACCRUED, account('payable', payeeId), netCents), ...move(row, ACCRUED, account('fee_income'), feeCents),
      ...move(row, ACCRUED, account('vat_collected'), vatCents),
      ...move(row, ACCRUED, account('commons'), commonsCents - commonsShares.reduce((sum, { localCents }) => sum + localCents, 0)),
      ...commonsShares.flatMap(({ programmeId, localCents }) => move({ ...row, about: { payeeId, programmeId } }, ACCRUED, account('commons', programmeId), localCents)),
    ];
  },
  'place_fee.billed.v1': ({ custodyAccountId, payeeId, feeCents, vatCents }) => {
    const row = settlement('13', custodyAccountId, { payeeId });
    const owed = account('place_receivable', payeeId);
    return [...move(row, owed, account('fee_income'), feeCents), ...move(row, owed, account('vat_collected'), vatCents)];
  },
  'place_charge.billed.v1': ({ custodyAccountId, payeeId, feeCents, vatCents }) => {
    const row = settlement('13', custodyAccountId, { payeeId });
    const owed = account('place_receivable', payeeId);
    return [...move(row, owed, account('fee_income'), feeCents), ...move(row, owed, account('vat_collected'), vatCents)];
  },
  'place_invoice.paid.v1': ({ custodyAccountId, payeeId, amountCents, statementId, wasUnknown }) =>
    move(settlement('13', custodyAccountId, { payeeId }), paidFrom({ custodyAccountId, payeeId, statementId, wasUnknown }),
      account('place_receivable', payeeId), amountCents),
  'allocation.voted.v1': ({ custodyAccountId, payeeId, amountCents }) =>
    move(settlement('28', custodyAccountId, { payeeId }), account('commons'), account('allocated', payeeId), amountCents),
  'commons.contributed.v1': ({ pool, custodyAccountId, amountCents, wasUnknown }) =>
    move(settlement('27', custodyAccountId), wasUnknown ? account('bank_unknown') : bank(custodyAccountId),
      account('commons', pool === 'general' ? null : pool), amountCents),
  'early_payment.set_aside.v1': ({ custodyAccountId, amountCents }) =>
    move(settlement('29', custodyAccountId), account('commons'), account('commons_lent'), amountCents),
  'early_payment.netted.v1': ({ custodyAccountId, payeeId, amountCents }) => {
    const row = settlement('29', custodyAccountId, { payeeId });
    return [
      ...move(row, account('payable', payeeId), account('advance', payeeId), amountCents),
      ...move(row, account('commons_lent'), account('commons'), amountCents),
    ];
  },
  'early_payment.lapsed.v1': ({ custodyAccountId, amountCents }) =>
    move(settlement('29', custodyAccountId), account('commons_lent'), account('commons'), amountCents),
  // Files of before `purpose` are taken for payments to places.
  'payment_file.released.v1': ({ custodyAccountId, purpose = 'place', amountCents }) =>
    move(settlement('14', custodyAccountId), owedFor(purpose), account('transit'), amountCents),
  'payment.booked.v1': ({ custodyAccountId, paymentId, amountCents }) =>
    move(settlement('15', custodyAccountId), transit(paymentId), bank(custodyAccountId), amountCents),
  'payment.transferred.v1': ({ custodyAccountId, paymentId, amountCents }) =>
    move(settlement('15', custodyAccountId), transit(paymentId), account('psp'), amountCents),
  'payment.rejected.v1': ({ custodyAccountId, paymentId, purpose, amountCents }) =>
    move(settlement('16', custodyAccountId), transit(paymentId), owedFor(purpose), amountCents),
  'payment.transfer_refused.v1': ({ custodyAccountId, paymentId, purpose, amountCents }) =>
    move(settlement('16', custodyAccountId), transit(paymentId), owedFor(purpose), amountCents),
  'payment.returned.v1': ({ custodyAccountId, purpose, amountCents }) =>
    move(settlement('17', custodyAccountId), bank(custodyAccountId), owedFor(purpose), amountCents),
  'payment.transfer_reversed.v1': ({ custodyAccountId, purpose, amountCents }) =>
    move(settlement('17', custodyAccountId), account('psp'), owedFor(purpose), amountCents),
  'debit_note.issued.v1': ({ custodyAccountId, payeeId, amountCents, feeCents, vatCents, commonsCents }) => {
    const row = settlement('20', custodyAccountId, { payeeId });
    return [
      ...move(row, account('place_receivable', payeeId), ACCRUED, amountCents), ...move(row, ACCRUED, account('fee_income'), feeCents),
      ...move(row, ACCRUED, account('vat_collected'), vatCents), ...move(row, ACCRUED, account('commons'), commonsCents),
    ];
  },
  'debit_note.paid.v1': ({ custodyAccountId, payeeId, amountCents, statementId, wasUnknown }) =>
    move(settlement('20', custodyAccountId, { payeeId }), paidFrom({ custodyAccountId, payeeId, statementId, wasUnknown }),
      account('place_receivable', payeeId), amountCents),
  'debit_note.lost.v1': ({ custodyAccountId, payeeId, amountCents }) =>
    move(settlement('20', custodyAccountId, { payeeId }), account('losses'), account('place_receivable', payeeId), amountCents),
} satisfies MoneyRules;
