// Posts the lines of one statement and tells the others: each line once, in the transaction of its statement.
import { BankCreditBookedV1, PayeeBlockedV1, PaymentBookedV1, PaymentReturnedV1 } from '#libs/contracts';
import { toWire, type BankAccountId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { blockVersion, placesOf } from '../payee-bank-accounts/payee-bank-account.store.js';
import type { BankLine, KnownPayment } from './bank-line.decision.js';
import { insertBankLines, movePayments, type PaymentMovement } from './bank-line.store.js';
import { bankLineReference, chargePosting, debitPosting, receiptPosting, returnPosting, unknownPosting } from './bank-posting.decision.js';

type Debit = Extract<BankLine, { kind: 'payment_debit' }>;
type Return = Extract<BankLine, { kind: 'payout_return' }>;

export async function bookLines(tx: Tx, account: BankAccountId, statementId: string, lines: readonly BankLine[]): Promise<void> {
  const posted: (BankLine & { eventId: string | null })[] = [];
  for (const line of lines) posted.push({ ...line, eventId: await postLine(tx, account, line) });
  await insertBankLines(tx, account, statementId, posted);
  // Debits before returns: one statement may hold both of the same payment, in any order.
  const booked: PaymentMovement[] = [];
  for (const line of lines) if (line.kind === 'payment_debit') booked.push(...await bookDebit(tx, account, line));
  await movePayments(tx, booked);
  const returned: PaymentMovement[] = [];
  for (const line of lines) if (line.kind === 'payout_return') returned.push(await bookReturn(tx, account, line));
  await movePayments(tx, returned);
}

/** The event of a line that is posted by itself; null for lines of payments, and for what is not posted at all. */
async function postLine(tx: Tx, account: BankAccountId, line: BankLine): Promise<string | null> {
  switch (line.kind) {
    case 'payer_receipt': return announceCredit(tx, account, line);
    case 'unknown_credit': return tx.post(unknownPosting(account, line), bankLineReference(line.id));
    case 'bank_charge': return tx.post(chargePosting(account, line), bankLineReference(line.id));
    default: return null;
  }
}

function announceCredit(tx: Tx, account: BankAccountId, line: BankLine): Promise<string> {
  return tx.emit(BankCreditBookedV1, {
    subject: bankLineReference(line.id), posting: receiptPosting(account, line),
    body: {
      bankLineId: line.id, custodyAccountId: account, bookedOn: line.bookedOn, amountCents: toWire(line.amount), currency: 'EUR',
      references: [...line.references], endToEndId: line.endToEndId, debtorMac: line.debtorMac,
    },
  });
}

const bodyOf = ({ id, bookedOn }: BankLine, { paymentId, amount }: KnownPayment) => ({
  paymentId, purpose: 'place' as const, bankLineId: id, bookedOn, amountCents: toWire(amount), currency: 'EUR' as const,
});

async function bookDebit(tx: Tx, account: BankAccountId, line: Debit): Promise<PaymentMovement[]> {
  const movements: PaymentMovement[] = [];
  for (const payment of line.payments) {
    const { paymentId } = payment;
    const eventId = await tx.emit(PaymentBookedV1, {
      subject: `payment:${paymentId}`, body: bodyOf(line, payment), posting: debitPosting(account, payment),
    });
    movements.push({ paymentId, movement: 'booked', bankLineId: line.id, eventId, bookedOn: line.bookedOn, reasonCode: null });
  }
  return movements;
}

async function bookReturn(tx: Tx, account: BankAccountId, line: Return): Promise<PaymentMovement> {
  const { payment } = line;
  const reasonCode = reasonOf(line.reasonCode);
  const eventId = await tx.emit(PaymentReturnedV1, {
    subject: `payment:${payment.paymentId}`, subjectVersion: 2, posting: returnPosting(account, payment),
    body: { ...bodyOf(line, payment), reasonCode },
  });
  if (await blockVersion(tx, payment.payeeBankAccountId, reasonCode)) await announceBlock(tx, payment, reasonCode);
  return { paymentId: payment.paymentId, movement: 'returned', bankLineId: line.id, eventId, bookedOn: line.bookedOn, reasonCode };
}

async function announceBlock(tx: Tx, { payeeId, bankVersion }: KnownPayment, reason: string): Promise<void> {
  for (const placeId of await placesOf(tx, payeeId)) {
    await tx.emit(PayeeBlockedV1, { subject: `payee:${payeeId}`, subjectVersion: bankVersion, body: { payeeId, placeId, bankVersion, reason } });
  }
}

/** ISO codes have four characters. NARR stands for the bank's own words, MS03 for a return without a reason. */
function reasonOf(code: string | null): string {
  if (code === null) return 'MS03';
  return /^[A-Z0-9]{4}$/.test(code) ? code : 'NARR';
}
