// The account that a bank credit came from. Only the bank's own file knows it, and the file is kept: so no table of ours
// holds the IBANs of strangers, and none travels in a message.
import { extractIBAN, isSEPACountry, isValidIBAN } from 'ibantools';
import { isRejected, type BankLineId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { BankEntry } from '../bank-files/bank-statement.js';
import { isReadable, sepaText } from '../bank-files/pain001/sepa-text.js';
import { readBankFile } from '../bank-files/read-bank-file.js';
import { closedOnOf } from '../bank-statements/read-entries.js';

export type Sender = Readonly<{ name: string; iban: string | undefined }>;

type LineRow = Readonly<{
  counterparty: string | null; bytes: Uint8Array; statementRef: string; closedOn: string; entryIndex: number; detailIndex: number;
}>;
const NAME_LENGTH_MAX = 70;
/** Where the bank names nobody, or in letters that no payment file takes. */
const UNNAMED = 'TITULAIRE DU COMPTE';

/** Undefined when there is no such line. Without an IBAN that a SEPA transfer reaches, two people have to find one. */
export async function senderOf(tx: Tx, bankLineId: BankLineId): Promise<Sender | undefined> {
  const [line] = await tx.sql.$queryRaw<LineRow[]>`
    select l.counterparty, f.bytes, s.statement_ref as "statementRef", s.closed_on::text as "closedOn", l.entry_index as "entryIndex",
      l.detail_index as "detailIndex"
    from settlement.bank_line l join settlement.bank_statement s on s.id = l.bank_statement_id
    join settlement.bank_statement_file f on f.sha256 = s.file_sha256 where l.id = ${bankLineId}::uuid`;
  if (!line) return undefined;
  const name = sepaText(line.counterparty ?? '', NAME_LENGTH_MAX);
  return { name: isReadable(name) ? name : UNNAMED, iban: ibanIn(line) };
}

/** Of an entry whose details do not add up, the line is all of it: then it has one sender, or none that can be told. */
function debtorOf(entry: BankEntry | undefined, detailIndex: number): string | undefined {
  const { details, transactions } = entry ?? { details: 'none', transactions: [] };
  if (details === 'add_up') return transactions[detailIndex]?.counterparty.iban;
  const [one, ...others] = new Set(transactions.map(({ counterparty }) => counterparty.iban));
  return others.length === 0 ? one : undefined;
}

function ibanIn({ bytes, statementRef, closedOn, entryIndex, detailIndex }: LineRow): string | undefined {
  const file = readBankFile(bytes);
  if (isRejected(file)) return undefined;
  const statement = file.statements.find((one) => one.id === statementRef && closedOnOf(one) === closedOn);
  const iban = debtorOf(statement?.entries[entryIndex], detailIndex)?.replace(/\s/g, '').toUpperCase();
  return iban && isValidIBAN(iban) && isSEPACountry(extractIBAN(iban).countryCode ?? '') ? iban : undefined;
}
