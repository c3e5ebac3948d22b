// One line of a statement (`Ntry`) with the payments that it is made of.
import { minus, sum, ZERO } from '#libs/kernel';
import type { BankEntry, BankTransaction } from '../bank-statement.js';
import { signed } from '../bank-statement.js';
import { child, childrenOf, textAt } from '../xml/xml-element.js';
import type { XmlElement } from '../xml/xml-element.js';
import { bankTransactionCode } from './camt-fields.js';
import type { Amount, CamtFields } from './camt-fields.js';
import { readTransaction } from './camt-transaction.js';

/** A single detail without an amount is the whole entry; a reversal or return code of the entry holds for all. */
function completed(transaction: BankTransaction, alone: boolean, amount: Amount, takenBack: boolean): BankTransaction {
  const returned = transaction.returned || takenBack;
  return {
    ...transaction,
    ...(alone && transaction.amountCents === undefined ? amount : {}),
    returned,
    // A return carries the id of the payment that left as its own.
    originalEndToEndId: transaction.originalEndToEndId ?? (returned ? transaction.endToEndId : undefined),
  };
}

function compareDetails(amount: Amount, entry: Pick<BankEntry, 'side' | 'transactions'>): BankEntry['details'] {
  const { side, transactions } = entry;
  if (transactions.length === 0) return 'none';
  if (transactions.some((one) => one.amountCents === undefined || one.currency !== amount.currency)) return 'unknown';
  const told = sum(transactions.map((one) => signed(one.amountCents ?? ZERO, one.side)));
  return minus(told, signed(amount.amountCents, side)) === ZERO ? 'add_up' : 'differ';
}

/** The id of our payment file's part, told for the batch or for each payment, when there is only one. */
function paymentInformationIdOf(
  details: readonly XmlElement[], transactions: readonly BankTransaction[],
): string | undefined {
  const ids = new Set([
    ...details.map((detail) => textAt(detail, 'Btch', 'PmtInfId')),
    ...transactions.map((transaction) => transaction.paymentInformationId),
  ]);
  ids.delete(undefined);
  return ids.size === 1 ? [...ids][0] : undefined;
}

function batchCountOf(details: readonly XmlElement[]): number | undefined {
  const told = details.map((detail) => textAt(detail, 'Btch', 'NbOfTxs'));
  const counts = told.filter((text) => /^\d{1,9}$/.test(text ?? ''));
  return counts.length > 0 ? counts.reduce((total, text) => total + Number(text), 0) : undefined;
}

export function readEntry(entry: XmlElement, position: number, fields: CamtFields): BankEntry {
  const amount = fields.amount(child(entry, 'Amt'), entry);
  const side = fields.side(entry);
  const reversal = fields.flag(entry, 'RvslInd');
  const code = bankTransactionCode(entry);
  const details = childrenOf(entry, 'NtryDtls');
  const read = details.flatMap((detail) => childrenOf(detail, 'TxDtls'))
    .map((one) => readTransaction(one, side, fields));
  const takenBack = reversal || (code ?? '').endsWith('/RRTN');
  const transactions = read.map((transaction) => completed(transaction, read.length === 1, amount, takenBack));
  return {
    position,
    ...amount,
    side,
    status: fields.status(entry),
    reversal,
    bookedOn: fields.day(entry, 'BookgDt'),
    valueOn: fields.day(entry, 'ValDt'),
    entryRef: textAt(entry, 'AcctSvcrRef') ?? textAt(entry, 'NtryRef'),
    bankTransactionCode: code,
    paymentInformationId: paymentInformationIdOf(details, transactions),
    batchCount: batchCountOf(details),
    details: compareDetails(amount, { side, transactions }),
    note: textAt(entry, 'AddtlNtryInf'),
    transactions,
  };
}
