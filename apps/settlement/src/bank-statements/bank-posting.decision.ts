// The row of the table of postings for each kind of bank line. What is not known to be ours to pay or to receive is
// posted as unknown when it came in, and not at all when it went out: the difference to the bank then shows it (L7).
import type { BankAccountId, BankLineId } from '#libs/kernel';
import { accounts, transfer, type Account, type Posting } from '#libs/ledger';
import { sourcesOf, type SourcedPayment } from '../payment-source.decision.js';
import type { DecidedLine, KnownPayment } from './bank-line.decision.js';

const { settlement } = accounts;

const posting = (rule: string, bankAccountId: BankAccountId, debit: Account, credit: Account, amount: DecidedLine['amount']): Posting =>
  ({ rule, custodyAccountId: bankAccountId, transfers: [transfer(debit, credit, amount)] });

/** Row 2: the money of a payer, on its way to issuance. */
export const receiptPosting = (account: BankAccountId, { amount }: DecidedLine): Posting =>
  posting('2', account, settlement.bank(account), accounts.clearing('issuance'), amount);

/** Row 2b: money that nobody can name yet. */
export const unknownPosting = (account: BankAccountId, { amount }: DecidedLine): Posting =>
  posting('2b', account, settlement.bank(account), settlement.bankUnknown, amount);

/** Row 18. */
export const chargePosting = (account: BankAccountId, { amount }: DecidedLine): Posting =>
  posting('18', account, settlement.bankFees, settlement.bank(account), amount);

/** Row 15: the bank debited the payment. */
export const debitPosting = (account: BankAccountId, { paymentId, amount }: KnownPayment): Posting =>
  posting('15', account, settlement.transit(paymentId), settlement.bank(account), amount);

/** Row 17: the bank sent it back, and it is owed again, to whom it was owed. */
export const returnPosting = (account: BankAccountId, payment: SourcedPayment): Posting => ({
  rule: '17', custodyAccountId: account,
  transfers: sourcesOf(payment).map((source) => transfer(settlement.bank(account), source.account, source.amount)),
});

/**
 * Row 32: fees that left are with the operator from their debit on. Nobody reads the statements of its own bank, and a payment that does
 * not arrive there comes back as any other.
 */
export const creditedPosting = (account: BankAccountId, { payeeId, amount }: SourcedPayment): Posting =>
  posting('32', account, settlement.bankOfOperator(payeeId), settlement.cashInTransit, amount);

/** Row 32 the other way round: the bank sent them back. */
export const notCreditedPosting = (account: BankAccountId, { payeeId, amount }: SourcedPayment): Posting =>
  posting('32', account, settlement.cashInTransit, settlement.bankOfOperator(payeeId), amount);

/** What a posting of a line without an event of its own is for. */
export const bankLineReference = (id: BankLineId): string => `bankLine:${id}`;
