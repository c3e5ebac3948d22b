// Posts the lines of one statement and tells the others: each line once, in the transaction of its statement.
import { BankCreditBookedV1, CommonsContributedV1, DebitNotePaidV1, PaymentBookedV1, PaymentReturnedV1, PlaceInvoicePaidV1 } from '#libs/contracts';
import { toWire, type BankAccountId } from '#libs/kernel';
import type { Posting } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { reasonOf } from '../bank-files/reason-code.js';
import { blockAccount } from '../payee-bank-accounts/block-account.js';
import { paidPosting } from '../debit-notes/debit-note.decision.js';
import { insertDischarges } from '../debit-notes/debit-note.store.js';
import { paidFact } from '../debit-notes/paid-fact.js';
import { giftFact } from '../gifts/gift-fact.js';
import { insertGifts } from '../gifts/gift.store.js';
import { giftPosting } from '../gifts/gift.decision.js';
import { invoicePaidFact } from '../place-invoices/invoice-paid-fact.js';
import { insertInvoiceDischarges } from '../place-invoices/place-invoice-discharge.store.js';
import { invoicePaidPosting } from '../place-invoices/place-invoice-payment.decision.js';
import { arrivalPosting } from '../stripe-balance/stripe-balance.decision.js';
import { insertArrivals } from '../stripe-balance/stripe-payout.store.js';
import { toldAllocations, toldEarlyPayments, toldStatements } from '../payment-source.decision.js';
import type { BankLine, KnownPayment } from './bank-line.decision.js';
import { insertBankLines, movePayments, type PaymentMovement } from './bank-line.store.js';
import {
  bankLineReference, chargePosting, creditedPosting, debitPosting, notCreditedPosting, receiptPosting, returnPosting, unknownPosting,
} from './bank-posting.decision.js';

type Posted = BankLine & { eventId: string | null };
type Debit = Extract<BankLine, { kind: 'payment_debit' }>;
type Return = Extract<BankLine, { kind: 'payout_return' }>;
type PspPayout = Extract<Posted, { kind: 'psp_payout' }>;
type NotePaid = Extract<BankLine, { kind: 'debit_note_paid' }>;
type Given = Extract<BankLine, { kind: 'gift' }>;
type InvoicePaid = Extract<BankLine, { kind: 'place_invoice_paid' }>;

export async function bookLines(tx: Tx, account: BankAccountId, statementId: string, lines: readonly BankLine[]): Promise<void> {
  const posted = await postLines(tx, account, lines);
  await insertBankLines(tx, account, statementId, posted);
  await insertArrivals(tx, posted.filter((line): line is PspPayout => line.kind === 'psp_payout')
    .map(({ id, payoutId, amount, eventId }) => ({ bankLineId: id, payoutId, amount, eventId: eventId! })));
  await insertDischarges(tx, posted.filter((line): line is Posted & NotePaid => line.kind === 'debit_note_paid')
    .map(({ id, note: { debitNoteId }, amount, eventId }) => ({ kind: 'paid', bankLineId: id, debitNoteId, amount, eventId: eventId! })));
  await insertInvoiceDischarges(tx, posted.filter((line): line is Posted & InvoicePaid => line.kind === 'place_invoice_paid')
    .map(({ id, invoice: { placeInvoiceId }, amount, eventId }) => ({ kind: 'paid', bankLineId: id, placeInvoiceId, amount, eventId: eventId! })));
  await insertGifts(tx, posted.filter((line): line is Posted & Given => line.kind === 'gift')
    .map(({ id, pool, amount, eventId }) => ({ bankLineId: id, pool, custodyAccountId: account, amount, eventId: eventId! })));
  // Debits before returns: one statement may hold both of the same payment, in any order.
  await movePayments(tx, await bookDebits(tx, account, lines.filter((line) => line.kind === 'payment_debit')));
  await movePayments(tx, await bookReturns(tx, account, lines.filter((line) => line.kind === 'payout_return')));
}

/** Each line with the event that posts it; none for lines of payments, and for what is not posted at all. */
async function postLines(tx: Tx, account: BankAccountId, lines: readonly BankLine[]): Promise<Posted[]> {
  const receipts = lines.filter(({ kind }) => kind === 'payer_receipt');
  const notes = lines.filter((line) => line.kind === 'debit_note_paid');
  const invoices = lines.filter((line) => line.kind === 'place_invoice_paid');
  const gifts = lines.filter((line) => line.kind === 'gift');
  const others = lines.filter(({ kind }) => kind === 'unknown_credit' || kind === 'bank_charge' || kind === 'psp_payout');
  const eventIds = new Map<string, string>();
  const keep = (posted: readonly BankLine[], ids: readonly string[]) => posted.forEach(({ id }, at) => eventIds.set(id, ids[at]!));
  keep(receipts, await announceCredits(tx, account, receipts));
  keep(notes, await tx.emitAll(DebitNotePaidV1, notes.map(({ id, note, amount }) =>
    paidFact(note, { amount, bankLineId: id }, paidPosting(note, account, amount, 'known')))));
  keep(invoices, await tx.emitAll(PlaceInvoicePaidV1, invoices.map(({ id, invoice, amount }) =>
    invoicePaidFact(invoice, { amount, bankLineId: id }, invoicePaidPosting(invoice, amount, account)))));
  keep(gifts, await tx.emitAll(CommonsContributedV1, gifts.map(({ id, pool, amount }) =>
    giftFact({ bankLineId: id, pool, custodyAccountId: account, amount }, giftPosting(pool, account, amount, 'known')))));
  keep(others, await tx.postAll(others.map((line) => ({
    posting: postingOf(account, line), reference: bankLineReference(line.id),
  }))));
  return lines.map((line) => ({ ...line, eventId: eventIds.get(line.id) ?? null }));
}

function postingOf(account: BankAccountId, line: BankLine): Posting {
  if (line.kind === 'psp_payout') return arrivalPosting(account, line.amount, 'payout');
  return line.kind === 'bank_charge' ? chargePosting(account, line) : unknownPosting(account, line);
}

function announceCredits(tx: Tx, account: BankAccountId, lines: readonly BankLine[]): Promise<string[]> {
  return tx.emitAll(BankCreditBookedV1, lines.map((line) => ({
    subject: bankLineReference(line.id), posting: receiptPosting(account, line),
    body: {
      bankLineId: line.id, custodyAccountId: account, bookedOn: line.bookedOn, amountCents: toWire(line.amount), currency: 'EUR',
      references: [...line.references], endToEndId: line.endToEndId, debtorMac: line.debtorMac,
    },
  })));
}

function bodyOf(custodyAccountId: BankAccountId, { id, bookedOn }: BankLine, payment: KnownPayment) {
  const { paymentId, purpose, refunds, amount, statementIds, allocationIds, earlyPaymentIds } = payment;
  return {
    paymentId, purpose, ...(purpose === 'refund' && { refundIds: refunds.map(({ refundId }) => refundId) }), ...toldStatements(statementIds),
    ...toldAllocations(allocationIds), ...toldEarlyPayments(earlyPaymentIds), custodyAccountId, bankLineId: id, bookedOn,
    amountCents: toWire(amount), currency: 'EUR' as const,
  };
}

async function bookDebits(tx: Tx, account: BankAccountId, lines: readonly Debit[]): Promise<PaymentMovement[]> {
  const debits = lines.flatMap((line) => line.payments.map((payment) => ({ line, payment })));
  const eventIds = await tx.emitAll(PaymentBookedV1, debits.map(({ line, payment }) => ({
    subject: `payment:${payment.paymentId}`, body: bodyOf(account, line, payment), posting: debitPosting(account, payment),
  })));
  await tx.postAll(debits.filter(({ payment }) => payment.purpose === 'fees').map(({ line, payment }) => (
    { posting: creditedPosting(account, payment), reference: bankLineReference(line.id) })));
  return debits.map(({ line, payment: { paymentId } }, at) => ({
    paymentId, movement: 'booked', bankLineId: line.id, eventId: eventIds[at]!, bookedOn: line.bookedOn, reasonCode: null,
  }));
}

async function bookReturns(tx: Tx, account: BankAccountId, lines: readonly Return[]): Promise<PaymentMovement[]> {
  const returns = lines.map((line) => ({ line, payment: line.payment, reasonCode: reasonOf(line.reasonCode) }));
  const eventIds = await tx.emitAll(PaymentReturnedV1, returns.map(({ line, payment, reasonCode }) => ({
    subject: `payment:${payment.paymentId}`, subjectVersion: 2, posting: returnPosting(account, payment),
    body: { ...bodyOf(account, line, payment), reasonCode },
  })));
  await tx.postAll(returns.filter(({ payment }) => payment.purpose === 'fees').map(({ line, payment }) => (
    { posting: notCreditedPosting(account, payment), reference: bankLineReference(line.id) })));
  for (const { payment, reasonCode } of returns) await blockAccount(tx, payment, reasonCode);
  return returns.map(({ line, payment: { paymentId }, reasonCode }, at) => ({
    paymentId, movement: 'returned', bankLineId: line.id, eventId: eventIds[at]!, bookedOn: line.bookedOn, reasonCode,
  }));
}
