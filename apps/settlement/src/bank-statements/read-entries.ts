// From what the bank's file says to what the decision looks at: our references found, ids of our payments read back,
// the sender's IBAN replaced by its keyed hash. Nothing is judged here.
import { createHash } from 'node:crypto';
import { sum, type LocalDate } from '#libs/kernel';
import type { BankEntry, BankStatement, BankTransaction } from '../bank-files/bank-statement.js';
import { checkBalance } from '../bank-files/bank-statement.js';
import { cutText } from '../bank-files/cut-text.js';
import { paymentIdOf } from '../bank-files/end-to-end-id.js';
import { findReferences } from '../bank-files/references.js';
import type { Entry, Movement } from './bank-line.decision.js';
import type { AskedStatement } from './bank-statement.decision.js';

export type HashIban = (iban: string) => string;
type BookedEntry = BankEntry & Readonly<{ bookedOn: LocalDate }>;

const bookedOf = (statement: BankStatement): BookedEntry[] => statement.entries
  .filter(({ status }) => status === 'booked')
  .map((entry) => ({ ...entry, bookedOn: entry.bookedOn ?? entry.valueOn ?? closedOnOf(statement) }));

/** Some banks date no balance; then the day on which they wrote the statement counts. */
export const closedOnOf = ({ closingDate, createdAt }: BankStatement): LocalDate => closingDate ?? (createdAt.slice(0, 10) as LocalDate);

export function askedOf(statement: BankStatement): Omit<AskedStatement, 'format'> {
  const booked = bookedOf(statement);
  const turnover = (side: BankEntry['side']) => sum(booked.filter((entry) => entry.side === side).map(({ amountCents }) => amountCents));
  return {
    statementRef: statement.id, iban: statement.iban, balance: checkBalance(statement).state,
    currencies: [statement.currency, ...booked.map(({ currency }) => currency)],
    opening: statement.openingCents, closing: statement.closingCents, closedOn: closedOnOf(statement),
    credits: turnover('credit'), debits: turnover('debit'), contentSha256: contentSha256(statement),
  };
}

export function entriesOf(statement: BankStatement, hashIban: HashIban): Entry[] {
  return bookedOf(statement).map((entry) => {
    const single = entry.transactions.length === 1 ? entry.transactions[0] : undefined;
    const split = entry.details === 'add_up' && !single;
    return {
      whole: movementOf(entry, single, 0, hashIban),
      parts: split ? entry.transactions.map((transaction, index) => movementOf(entry, transaction, index, hashIban)) : [],
      details: entry.details,
    };
  });
}

function movementOf(entry: BookedEntry, transaction: BankTransaction | undefined, detailIndex: number, hashIban: HashIban): Movement {
  const alone = entry.transactions.length <= 1;
  const texts = transaction ? [...transaction.references.structured, ...transaction.references.unstructured] : [];
  const remittance = cutText([...texts, ...(alone && entry.note ? [entry.note] : [])].join('\n'), 1_000);
  const ourId = transaction?.originalEndToEndId ?? transaction?.endToEndId;
  const references = findReferences([...texts, transaction?.endToEndId ?? '', ...(alone ? [entry.note ?? ''] : [])]);
  const part = transaction && !alone ? { side: transaction.side, amount: transaction.amountCents } : undefined;
  const { iban, name, ultimateName } = transaction?.counterparty ?? {};
  const side = part?.side ?? entry.side;
  return {
    entryIndex: entry.position - 1, detailIndex, side, amount: part?.amount ?? entry.amountCents, bookedOn: entry.bookedOn,
    entryRef: transaction?.accountServicerRef ?? entry.entryRef ?? null,
    references: references.ours, debitNotes: references.debitNotes, placeInvoices: references.placeInvoices, gifts: references.gifts,
    paymentId: (ourId ? paymentIdOf(ourId) : undefined) ?? null,
    endToEndId: transaction?.endToEndId === undefined ? null : cutText(transaction.endToEndId, 35),
    paymentInformationId: transaction?.paymentInformationId ?? entry.paymentInformationId ?? null,
    returned: transaction?.returned ?? entry.reversal,
    reasonCode: transaction?.returnReason ?? null,
    bankCode: entry.bankTransactionCode ?? null,
    // A council pays through the public accountant: the ultimate debtor is who we know.
    counterparty: ultimateName ?? name ?? null,
    remittance: remittance || null,
    debtorMac: side === 'credit' && iban ? hashIban(iban) : null,
  };
}

/** Over what a statement says, not over its bytes: the same statement fetched twice differs in the file's own header. */
function contentSha256(statement: BankStatement): string {
  const { id, iban, currency, openingCents, openingDate, closingCents, closingDate, entries } = statement;
  const lines = entries.map(({ position, amountCents, side, status, bookedOn, entryRef, transactions }) => [
    position, String(amountCents), side, status, bookedOn, entryRef,
    transactions.map(({ endToEndId, amountCents: part, returnReason }) =>
      [endToEndId, part === undefined ? null : String(part), returnReason]),
  ]);
  const head = [id, iban, currency, String(openingCents), openingDate, String(closingCents), closingDate];
  return createHash('sha256').update(JSON.stringify([head, lines])).digest('hex');
}
