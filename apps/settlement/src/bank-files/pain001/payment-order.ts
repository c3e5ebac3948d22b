// What a payment file is made of, and every reason for which none is written. A file is whole or is not: no payment is
// left out of it in silence.
import { isSEPACountry, isValidBIC, isValidIBAN } from 'ibantools';
import { cents, reject } from '#libs/kernel';
import type { Cents, LocalDate, PaymentId, Rejected } from '#libs/kernel';
import { isReadable, isSepaId, sepaText } from './sepa-text.js';

export type PaymentParty = Readonly<{ name: string; iban: string; bic?: string }>;

export type Payment = Readonly<{
  paymentId: PaymentId;
  /** The account that pays. */
  debtor: PaymentParty;
  executeOn: LocalDate;
  creditor: PaymentParty;
  amountCents: Cents;
  /** What the payee reads on its statement. */
  text: string;
}>;

export type PaymentFileOrder = Readonly<{
  /** Unique for ever: banks refuse a second file with the same. At most 30 characters: parts get a number after it. */
  messageId: string;
  createdAt: Date;
  initiatingParty: Readonly<{ name: string; siret?: string }>;
  payments: readonly Payment[];
}>;

export type PaymentFileRefusal =
  | 'payment_file_empty'
  | 'payment_file_too_long'
  | 'payment_file_id_wrong'
  | 'payment_repeated'
  | 'payment_amount_out_of_range'
  | 'payment_iban_wrong'
  | 'payment_bic_wrong'
  | 'payment_name_unreadable'
  | 'payment_debtor_differs';

export const PAYMENT_FILE_LIMITS = {
  paymentsMax: 5_000,
  messageIdLengthMax: 30,
  amountCentsMax: cents(99_999_999_999),
  nameLengthMax: 70,
  textLengthMax: 140,
} as const;

type Problem = Rejected<PaymentFileRefusal>;

function problemOfParty(party: PaymentParty, paymentId: string): Problem | undefined {
  const payable = isValidIBAN(party.iban) && isSEPACountry(party.iban.slice(0, 2));
  if (!payable) return reject('payment_iban_wrong', { paymentId });
  if (party.bic !== undefined && !isValidBIC(party.bic)) return reject('payment_bic_wrong', { paymentId });
  const name = sepaText(party.name, PAYMENT_FILE_LIMITS.nameLengthMax);
  return isReadable(name) ? undefined : reject('payment_name_unreadable', { paymentId });
}

function problemOfPayment({ paymentId, amountCents, debtor, creditor }: Payment): Problem | undefined {
  if (amountCents <= 0n || amountCents > PAYMENT_FILE_LIMITS.amountCentsMax) {
    return reject('payment_amount_out_of_range', { paymentId, amountCents: String(amountCents) });
  }
  return problemOfParty(debtor, paymentId) ?? problemOfParty(creditor, paymentId);
}

/** One account has one holder: a second name or BIC for the same IBAN is a mistake of the caller. */
function problemOfDebtors(payments: readonly Payment[]): Problem | undefined {
  const known = new Map<string, PaymentParty>();
  for (const { paymentId, debtor } of payments) {
    const first = known.get(debtor.iban) ?? debtor;
    if (first.name !== debtor.name || first.bic !== debtor.bic) return reject('payment_debtor_differs', { paymentId });
    known.set(debtor.iban, first);
  }
  return undefined;
}

/** The first reason against the file; undefined when it may be written. No IBAN stands in a reason. */
export function problemOfFile({ messageId, initiatingParty, payments }: PaymentFileOrder): Problem | undefined {
  const { paymentsMax, messageIdLengthMax, nameLengthMax } = PAYMENT_FILE_LIMITS;
  if (payments.length === 0) return reject('payment_file_empty');
  if (payments.length > paymentsMax) return reject('payment_file_too_long', { count: payments.length, paymentsMax });
  const fit = messageId.length <= messageIdLengthMax && isSepaId(messageId);
  if (!fit) return reject('payment_file_id_wrong', { messageId });
  const named = isReadable(sepaText(initiatingParty.name, nameLengthMax));
  if (!named) return reject('payment_name_unreadable', { paymentId: null });
  const seen = new Set<string>();
  for (const payment of payments) {
    if (seen.has(payment.paymentId)) return reject('payment_repeated', { paymentId: payment.paymentId });
    seen.add(payment.paymentId);
    const problem = problemOfPayment(payment);
    if (problem) return problem;
  }
  return problemOfDebtors(payments);
}
