// One line of a "fichier des écritures comptables": art. L47 A and A47 A-1 of the Livre des procédures fiscales. Eighteen
// columns in this order, tabs between, days as AAAAMMJJ, amounts with a comma.
import type { FecAccount } from './fec-accounts.js';
import type { Lettered } from './lettering.js';

export const COLUMNS = [
  'JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef',
  'PieceDate', 'EcritureLib', 'Debit', 'Credit', 'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise',
] as const;

export const JOURNALS = {
  opening: ['AN', 'À nouveaux'], issuance: ['EM', 'Émission'], redemption: ['UT', 'Utilisation'], settlement: ['TR', 'Trésorerie'],
} as const;

export type FecLine = Readonly<{
  journal: keyof typeof JOURNALS;
  /** Of the entry: counts from 1 in the file, without a gap. */
  number: number;
  /** A local day, `2026-12-31`. */
  day: string;
  account: FecAccount;
  /** What the auxiliary account is called; empty when nobody is behind it. */
  auxiliaryName: string;
  /** The event that was posted. */
  piece: string;
  text: string;
  debitCents: bigint;
  creditCents: bigint;
  /** Of accounts of third parties: with which lines this one is settled. */
  lettered?: Lettered | undefined;
}>;

export const HEADER = `${COLUMNS.join('\t')}\r\n`;

export function fecLine({ journal, number, day, account, auxiliaryName, piece, text, debitCents, creditCents, lettered }: FecLine): string {
  const [code, label] = JOURNALS[journal];
  const date = compact(day);
  const cells: Record<typeof COLUMNS[number], string> = {
    JournalCode: code, JournalLib: label, EcritureNum: String(number), EcritureDate: date,
    CompteNum: account.number, CompteLib: account.label,
    CompAuxNum: account.auxiliary, CompAuxLib: account.auxiliary && (auxiliaryName || account.auxiliary),
    PieceRef: piece, PieceDate: date, EcritureLib: text, Debit: euros(debitCents), Credit: euros(creditCents),
    // A posting stands from its commit on and is never edited: it is validated on its day.
    EcritureLet: lettered?.letters ?? '', DateLet: lettered ? compact(lettered.day) : '', ValidDate: date, Montantdevise: '', Idevise: '',
  };
  return `${COLUMNS.map((column) => plain(cells[column])).join('\t')}\r\n`;
}

export const compact = (day: string): string => day.replaceAll('-', '');

/** "12,05". Never below zero: a correction is an entry on the other side. */
export function euros(cents: bigint): string {
  return `${cents / 100n},${String(cents % 100n).padStart(2, '0')}`;
}

/** A name with a tab or a line break in it would move every column behind it. */
const plain = (text: string): string => text.replace(/[\t\r\n]+/g, ' ').trim();

/** `123456789FEC20261231.txt`: the legal body and the last day of its year. */
export const fecFileName = (siren: string, lastDay: string): string => `${siren}FEC${compact(lastDay)}.txt`;
