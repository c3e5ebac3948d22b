// What each movement on a bank statement is: exactly one kind. Payments are booked and taken back at most once, a payer's
// receipt carries one of our references, and what cannot be told is kept on the work-list instead of being guessed.
import {
  cents, minus, sum, ZERO, type AllocationId, type BankAccountId, type BankLineId, type EarlyPaymentId,
  type Cents, type LocalDate, type PaymentId, type StatementId,
} from '#libs/kernel';
import type { KnownNote } from '../debit-notes/debit-note.decision.js';
import type { KnownInvoice } from '../place-invoices/place-invoice-payment.decision.js';
import type { SourcedPayment } from '../payment-source.decision.js';
import { payoutOn, type AnnouncedPayout } from '../stripe-balance/stripe-balance.decision.js';

export type Movement = Readonly<{
  entryIndex: number;
  detailIndex: number;
  entryRef: string | null;
  side: 'credit' | 'debit';
  amount: Cents;
  bookedOn: LocalDate;
  /** Ours only, found in structured or free text. */
  references: readonly string[];
  /** References of debit notes, found the same way. */
  debitNotes: readonly string[];
  /** References of invoices to places, found the same way. */
  placeInvoices: readonly string[];
  /** References of pools of the commons, found the same way. */
  gifts: readonly string[];
  /** The payment of ours that the end-to-end id names. */
  paymentId: PaymentId | null;
  endToEndId: string | null;
  paymentInformationId: string | null;
  returned: boolean;
  reasonCode: string | null;
  bankCode: string | null;
  counterparty: string | null;
  remittance: string | null;
  debtorMac: string | null;
}>;

/** A line of the statement as a whole, and its parts when the bank told them and they add up. */
export type Entry = Readonly<{ whole: Movement; parts: readonly Movement[]; details: 'none' | 'add_up' | 'differ' | 'unknown' }>;

export type PaymentState = 'instructed' | 'released' | 'booked' | 'returned' | 'rejected' | 'cancelled';
export type KnownPayment = SourcedPayment & Readonly<{
  paymentId: PaymentId;
  payeeBankAccountId: BankAccountId;
  bankVersion: number;
  /** The account of ours that it was ordered from. */
  bankAccountId: BankAccountId;
  paymentInformationId: string;
  state: PaymentState;
  /** Those it pays, for whoever follows the money. */
  statementIds?: readonly StatementId[];
  allocationIds?: readonly AllocationId[];
  earlyPaymentIds?: readonly EarlyPaymentId[];
}>;

export const FINDINGS = [
  'no_reference', 'details_do_not_add_up', 'unknown_payment', 'amount_differs', 'not_ordered', 'other_account',
  'booked_before', 'returned_before', 'return_before_debit', 'not_released', 'rejected_before',
  'debit_note_unknown', 'debit_note_ambiguous', 'debit_note_overpaid',
  'place_invoice_unknown', 'place_invoice_ambiguous', 'place_invoice_overpaid', 'pool_unknown', 'pool_ambiguous',
] as const;
export type Finding = (typeof FINDINGS)[number];

export type DecidedLine = Movement & Readonly<
  | { kind: 'payer_receipt' | 'bank_charge' | 'zero' }
  | { kind: 'payment_debit'; payments: readonly KnownPayment[] }
  | { kind: 'payout_return'; payment: KnownPayment }
  | { kind: 'psp_payout'; payoutId: string }
  | { kind: 'debit_note_paid'; note: KnownNote }
  | { kind: 'place_invoice_paid'; invoice: KnownInvoice }
  | { kind: 'gift'; pool: string }
  | { kind: 'unknown_credit' | 'unknown_debit'; finding: Finding }>;
export type BankLine = DecidedLine & Readonly<{ id: BankLineId }>;

/** `PMNT/MDOP/CHRG` and its like: the last part says what for. 62 is the code of French banks for commissions. */
const CHARGE = /(^|\/)(CHRG|FEES|COMM)$|^CFONB\/62$/;

/** What the lines are held against: payments, payouts, debit notes, invoices and pools that they may name. `left`: what is left of one. */
export type Known = Readonly<{
  payments?: readonly KnownPayment[]; announced?: readonly AnnouncedPayout[]; notes?: readonly KnownNote[];
  invoices?: readonly KnownInvoice[];
  /** By the reference of gifts to it. */
  pools?: ReadonlyMap<string, string>;
}>;

/** Debits first: a payment that is debited and returned on one statement is known as debited when its return is judged. */
export function decideBankLines(bankAccountId: BankAccountId, entries: readonly Entry[], known: Known): DecidedLine[] {
  const judge = new Judge(bankAccountId, known);
  const bySide = (side: 'credit' | 'debit') => entries.filter(({ whole }) => whole.side === side);
  const decided = [...bySide('debit'), ...bySide('credit')].flatMap((entry) => judge.entry(entry));
  return decided.sort((a, b) => a.entryIndex - b.entryIndex || a.detailIndex - b.detailIndex);
}

/** The states of our payments, and of what places owe, as the statement goes by. */
class Judge {
  private readonly payments: Map<PaymentId, KnownPayment>;
  /** Of this bank account only, by the id that the bank was given for the run. */
  private readonly runs = new Map<string, PaymentId[]>();

  private announced: readonly AnnouncedPayout[];
  private readonly notes: Map<string, KnownNote>;
  private readonly invoices: Map<string, KnownInvoice>;
  private readonly pools: ReadonlyMap<string, string>;

  constructor(private readonly bankAccountId: BankAccountId, { payments = [], announced = [], notes = [], invoices = [], pools }: Known) {
    this.pools = pools ?? new Map();
    this.payments = new Map(payments.map((payment) => [payment.paymentId, payment]));
    this.announced = announced;
    this.notes = new Map(notes.map((note) => [note.reference, note]));
    this.invoices = new Map(invoices.map((invoice) => [invoice.reference, invoice]));
    for (const { paymentId, paymentInformationId, bankAccountId: from } of payments) {
      if (from !== bankAccountId) continue;
      const run = this.runs.get(paymentInformationId);
      if (run) run.push(paymentId);
      else this.runs.set(paymentInformationId, [paymentId]);
    }
  }

  entry({ whole, parts, details }: Entry): DecidedLine[] {
    const batch = whole.side === 'debit' ? this.batchOf(whole) : undefined;
    if (batch) return [this.booked(whole, batch)];
    if (parts.length > 0) return parts.map((part) => this.movement(part));
    if (whole.side === 'credit' && details !== 'none' && details !== 'add_up') return [unknown(whole, 'details_do_not_add_up')];
    return [this.movement(whole)];
  }

  private movement(movement: Movement): DecidedLine {
    if (movement.amount === ZERO) return { ...movement, kind: 'zero' };
    return movement.side === 'credit' ? this.credit(movement) : this.debit(movement);
  }

  private credit(movement: Movement): DecidedLine {
    if (movement.returned) return this.takenBack(movement);
    if (movement.debitNotes.length > 0) return this.noteOf(movement);
    if (movement.placeInvoices.length > 0) return this.invoiceOf(movement);
    if (movement.gifts.length > 0) return this.giftOf(movement);
    return movement.references.length > 0 ? { ...movement, kind: 'payer_receipt' } : this.payoutOf(movement) ?? unknown(movement, 'no_reference');
  }

  /** All of one line pays one note, or none: nobody is asked which part of it was meant. */
  private noteOf(movement: Movement): DecidedLine {
    const [reference, ...others] = movement.debitNotes;
    if (others.length + movement.references.length + movement.placeInvoices.length + movement.gifts.length > 0) return unknown(movement, 'debit_note_ambiguous');
    const note = this.notes.get(reference!);
    if (!note) return unknown(movement, 'debit_note_unknown');
    if (note.custodyAccountId !== this.bankAccountId) return unknown(movement, 'other_account');
    if (movement.amount > note.left) return unknown(movement, 'debit_note_overpaid');
    const paid = { ...note, left: minus(note.left, movement.amount) };
    this.notes.set(note.reference, paid);
    return { ...movement, kind: 'debit_note_paid', note: paid };
  }

  /** As of a note: all of one line, or none. */
  private invoiceOf(movement: Movement): DecidedLine {
    const [reference, ...others] = movement.placeInvoices;
    if (others.length + movement.references.length + movement.gifts.length > 0) return unknown(movement, 'place_invoice_ambiguous');
    const invoice = this.invoices.get(reference!);
    if (!invoice) return unknown(movement, 'place_invoice_unknown');
    if (invoice.custodyAccountId !== this.bankAccountId) return unknown(movement, 'other_account');
    if (movement.amount > invoice.left) return unknown(movement, 'place_invoice_overpaid');
    const paid = { ...invoice, left: minus(invoice.left, movement.amount) };
    this.invoices.set(invoice.reference, paid);
    return { ...movement, kind: 'place_invoice_paid', invoice: paid };
  }

  /** Of one pool alone, and of nothing else that is named: what is owed, or ordered, is no gift by mistake. */
  private giftOf(movement: Movement): DecidedLine {
    const [reference, ...others] = movement.gifts;
    if (others.length + movement.references.length > 0) return unknown(movement, 'pool_ambiguous');
    const pool = this.pools.get(reference!);
    return pool === undefined ? unknown(movement, 'pool_unknown') : { ...movement, kind: 'gift', pool };
  }

  /** A payout of the card processor that was announced; each is brought by one line. */
  private payoutOf(movement: Movement): DecidedLine | undefined {
    const payout = payoutOn(movement, this.announced);
    if (!payout) return undefined;
    this.announced = this.announced.filter(({ payoutId }) => payoutId !== payout.payoutId);
    return { ...movement, kind: 'psp_payout', payoutId: payout.payoutId };
  }

  private takenBack(movement: Movement): DecidedLine {
    const payment = movement.paymentId && this.payments.get(movement.paymentId);
    if (!payment) return unknown(movement, 'unknown_payment');
    const fault = this.faultOf(payment, movement.amount);
    if (fault) return unknown(movement, fault);
    if (payment.state === 'returned') return unknown(movement, 'returned_before');
    if (payment.state !== 'booked') return unknown(movement, 'return_before_debit');
    this.payments.set(payment.paymentId, { ...payment, state: 'returned' });
    return { ...movement, kind: 'payout_return', payment };
  }

  private debit(movement: Movement): DecidedLine {
    const payment = movement.paymentId && this.payments.get(movement.paymentId);
    if (!payment) {
      const run = this.runOf(movement);
      if (run) return unknown(movement, batchFault(run));
      return CHARGE.test(movement.bankCode ?? '') ? { ...movement, kind: 'bank_charge' } : unknown(movement, 'not_ordered');
    }
    const fault = this.faultOf(payment, movement.amount) ?? notDebitable(payment.state);
    return fault ? unknown(movement, fault) : this.booked(movement, [payment]);
  }

  /** The run debited in one line (batch booking): all of it that the bank did not reject before, or nothing. */
  private batchOf(whole: Movement): readonly KnownPayment[] | undefined {
    const payments = this.runOf(whole)?.filter(({ state }) => state !== 'rejected');
    if (!payments || payments.length === 0 || payments.some(({ state }) => state !== 'released')) return undefined;
    return sum(payments.map(({ amount }) => amount)) === whole.amount ? payments : undefined;
  }

  /** The payments of the run that a movement names, in their present states. */
  private runOf({ paymentInformationId }: Movement): KnownPayment[] | undefined {
    const run = paymentInformationId === null ? undefined : this.runs.get(paymentInformationId);
    return run?.map((paymentId) => this.payments.get(paymentId)!);
  }

  private faultOf(payment: KnownPayment, amount: Cents): Finding | undefined {
    if (payment.bankAccountId !== this.bankAccountId) return 'other_account';
    return payment.amount === amount ? undefined : 'amount_differs';
  }

  private booked(movement: Movement, payments: readonly KnownPayment[]): DecidedLine {
    for (const payment of payments) this.payments.set(payment.paymentId, { ...payment, state: 'booked' });
    return { ...movement, kind: 'payment_debit', payments };
  }
}

function notDebitable(state: PaymentState): Finding | undefined {
  if (state === 'released') return undefined;
  if (state === 'rejected') return 'rejected_before';
  return state === 'booked' || state === 'returned' ? 'booked_before' : 'not_released';
}

/** Why the debit of a run was not taken for the run. */
function batchFault(run: readonly KnownPayment[]): Finding {
  if (run.some(({ state }) => state === 'booked' || state === 'returned')) return 'booked_before';
  if (run.every(({ state }) => state === 'rejected')) return 'rejected_before';
  return run.some(({ state }) => state !== 'released' && state !== 'rejected') ? 'not_released' : 'amount_differs';
}

const unknown = (movement: Movement, finding: Finding): DecidedLine =>
  ({ ...movement, kind: movement.side === 'credit' ? 'unknown_credit' : 'unknown_debit', finding });

/** Signed sum of the lines: what the statement moved. */
export const movedBy = (lines: readonly DecidedLine[]): Cents =>
  cents(lines.reduce((total, { side, amount }) => (side === 'credit' ? total + amount : total - amount), 0n));
