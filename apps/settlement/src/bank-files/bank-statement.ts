// What a bank says about an account, read from its file without judging it: amounts in cents, text as it was written.
// Nothing here decides what a credit is for; that is the business of the slices that read statements.
import { minus, sum, ZERO } from '#libs/kernel';
import type { Cents, LocalDate } from '#libs/kernel';

export type EntrySide = 'credit' | 'debit';
/** Only `booked` entries have moved the balance. */
export type EntryStatus = 'booked' | 'pending' | 'information' | 'future';

export type BankTransaction = Readonly<{
  /** Absent where the bank gives no amount for one of several transactions. */
  amountCents?: Cents;
  currency?: string;
  side: EntrySide;
  endToEndId?: string;
  instructionId?: string;
  paymentInformationId?: string;
  accountServicerRef?: string;
  /** `structured` is told in a field of its own, `unstructured` is free text; a reference may stand in either. */
  references: Readonly<{ structured: readonly string[]; unstructured: readonly string[] }>;
  /** The debtor of a credit, the creditor of a debit. */
  counterparty: Readonly<{ name?: string; iban?: string; ultimateName?: string }>;
  /** An ISO code (AC04) or the bank's own word. */
  returnReason?: string;
  returnText?: string;
  /** The bank says so by a reason, a reversal mark or the transaction code (RRTN). */
  returned: boolean;
  /** Of a returned payment: the id that the payment carried when it left. */
  originalEndToEndId?: string;
}>;

export type BankEntry = Readonly<{
  /** From 1, in the order of the statement: what tells two entries apart that carry no reference. */
  position: number;
  amountCents: Cents;
  currency: string;
  side: EntrySide;
  status: EntryStatus;
  /** This entry takes back an earlier one; `side` is already that of this entry. */
  reversal: boolean;
  bookedOn?: LocalDate;
  valueOn?: LocalDate;
  /** The bank's own reference (AcctSvcrRef), or where there is none the entry's (NtryRef). */
  entryRef?: string;
  /** `PMNT/RCDT/ESCT`, the bank's proprietary code, or `CFONB/62`, the operation code of French banks. */
  bankTransactionCode?: string;
  /** Of a payment file of ours, when all details of the entry agree on one. */
  paymentInformationId?: string;
  /** How many payments the bank says it booked in this entry. */
  batchCount?: number;
  /** Do the amounts of the details add up to the entry? `unknown`: one has no amount, or another currency. */
  details: 'none' | 'add_up' | 'differ' | 'unknown';
  note?: string;
  transactions: readonly BankTransaction[];
}>;

export type BankStatement = Readonly<{
  id: string;
  sequence?: number;
  /** A statement told in several messages; balances then stand on the first and the last page only. */
  page?: Readonly<{ number: number; last: boolean }>;
  iban?: string;
  /** The account's number where the bank does not write an IBAN. */
  otherAccountId?: string;
  currency: string;
  /** As the bank wrote it, with or without an offset. */
  createdAt: string;
  openingCents?: Cents;
  openingDate?: LocalDate;
  closingCents?: Cents;
  closingDate?: LocalDate;
  entries: readonly BankEntry[];
}>;

export const BANK_FILE_FORMATS = ['camt.053', 'cfonb120'] as const;

export type BankFile = Readonly<{
  format: (typeof BANK_FILE_FORMATS)[number];
  messageId: string;
  createdAt: string;
  /** `08` of camt.053.001.08; absent when the file names no version. */
  version?: string;
  statements: readonly BankStatement[];
}>;

export type BalanceCheck =
  | Readonly<{ state: 'adds_up' }>
  | Readonly<{ state: 'differs'; differenceCents: Cents }>
  /** A balance is missing, or an entry stands in another currency than the account. */
  | Readonly<{ state: 'cannot_tell' }>;

export const signed = (amountCents: Cents, side: EntrySide): Cents =>
  (side === 'credit' ? amountCents : minus(ZERO, amountCents));

/** Opening + booked credits - booked debits = closing? What is left over names a missing or an invented entry. */
export function checkBalance(statement: BankStatement): BalanceCheck {
  const { openingCents, closingCents, entries, currency } = statement;
  const booked = entries.filter((entry) => entry.status === 'booked');
  if (openingCents === undefined || closingCents === undefined) return { state: 'cannot_tell' };
  if (booked.some((entry) => entry.currency !== currency)) return { state: 'cannot_tell' };
  const expected = sum([openingCents, ...booked.map((entry) => signed(entry.amountCents, entry.side))]);
  const differenceCents = minus(closingCents, expected);
  return differenceCents === ZERO ? { state: 'adds_up' } : { state: 'differs', differenceCents };
}
