// Fields of a bank's message (camt.053, pain.002) as values. The first field that is missing or wrong is kept as the
// problem of the file, with its line, and reading goes on with a harmless value until the caller asks: no exception
// carries an answer here.
import { localDate, ZERO } from '#libs/kernel';
import type { Cents, LocalDate } from '#libs/kernel';
import type { EntrySide, EntryStatus } from '../bank-statement.js';
import { BANK_FILE_LIMITS, bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem, BankFileProblemCode } from '../bank-file-problem.js';
import { parseAmount } from '../decimal-amount.js';
import { at, child, textAt } from '../xml/xml-element.js';
import type { XmlElement } from '../xml/xml-element.js';

export type Amount = Readonly<{ amountCents: Cents; currency: string }>;

const STATUSES: Readonly<Record<string, EntryStatus>> = {
  BOOK: 'booked', PDNG: 'pending', INFO: 'information', FUTR: 'future',
};
const ID_LENGTH_MAX = 35;
/** A day of the calendar. */
function isDay(text: string): text is LocalDate {
  try {
    return Boolean(localDate(text));
  } catch {
    return false;
  }
}

const SIDES: Readonly<Record<string, EntrySide>> = { CRDT: 'credit', DBIT: 'debit' };

export class CamtFields {
  problem: BankFileProblem | undefined;

  /** The text down a path; a missing one is a problem of the file. */
  required(parent: XmlElement, ...path: readonly string[]): string {
    return textAt(parent, ...path) ?? this.#fail('bank_file_field_missing', parent, path.join('/'), '');
  }

  /** An id of a message: up to 35 characters by the standard. */
  id(parent: XmlElement, name: string): string {
    const text = this.required(parent, name);
    return text.length > ID_LENGTH_MAX ? this.#fail('bank_file_field_wrong', parent, name, '') : text;
  }

  /** A status of the external code list; undefined when the element is not there. */
  code(parent: XmlElement, name: string): string | undefined {
    const text = textAt(parent, name);
    if (text === undefined || /^[A-Z0-9]{4}$/.test(text)) return text;
    return this.#fail('bank_file_field_wrong', parent, name, undefined);
  }

  amount(element: XmlElement | undefined, parent: XmlElement): Amount {
    const nothing = { amountCents: ZERO, currency: '' };
    if (!element?.text) return this.#fail('bank_file_field_missing', parent, 'Amt', nothing);
    const amountCents = parseAmount(element.text);
    const currency = element.attributes['Ccy'] ?? '';
    if (amountCents === undefined || amountCents > BANK_FILE_LIMITS.amountCentsMax) return this.#fail('bank_file_field_wrong', element, 'Amt', nothing);
    if (!/^[A-Z]{3}$/.test(currency)) return this.#fail('bank_file_field_wrong', element, 'Amt/@Ccy', nothing);
    return { amountCents, currency };
  }

  side(parent: XmlElement): EntrySide {
    const side = SIDES[this.required(parent, 'CdtDbtInd')];
    return side ?? this.#fail('bank_file_field_wrong', parent, 'CdtDbtInd', 'credit');
  }

  /** `<Sts>BOOK</Sts>` up to version 03, `<Sts><Cd>BOOK</Cd></Sts>` since. */
  status(entry: XmlElement): EntryStatus {
    const sts = child(entry, 'Sts');
    const text = textAt(sts, 'Cd') ?? sts?.text;
    if (!text) return this.#fail('bank_file_field_missing', entry, 'Sts', 'information');
    return STATUSES[text] ?? this.#fail('bank_file_field_wrong', sts ?? entry, 'Sts', 'information');
  }

  /** The day of a `Dt` or `DtTm`, as the bank counts days; undefined when the element is not there. */
  day(parent: XmlElement, name: string): LocalDate | undefined {
    const element = child(parent, name);
    const text = textAt(element, 'Dt') ?? textAt(element, 'DtTm');
    if (!element || !text) return undefined;
    const day = text.slice(0, 10);
    return isDay(day) ? day : this.#fail('bank_file_field_wrong', element, name, undefined);
  }

  instant(parent: XmlElement, name: string): string {
    const text = this.required(parent, name);
    // Its day may be that of the statement, which has to be one of the calendar: `Date.parse` takes a 30th of February.
    if (text && (Number.isNaN(Date.parse(text)) || !isDay(text.slice(0, 10)))) return this.#fail('bank_file_field_wrong', parent, name, '');
    return text;
  }

  /** `true` and `1` are both true in XML. */
  flag(parent: XmlElement, name: string): boolean {
    return /^(true|1)$/.test(textAt(parent, name) ?? '');
  }

  #fail<Value>(code: BankFileProblemCode, near: XmlElement, field: string, value: Value): Value {
    this.problem ??= bankFileProblem(code, { field: `${near.name}/${field}`, line: near.line });
    return value;
  }
}

/** `PMNT/RCDT/ESCT`, or the bank's own code where it gives no other. */
export function bankTransactionCode(parent: XmlElement): string | undefined {
  const domain = at(parent, 'BkTxCd', 'Domn');
  const codes = [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')];
  const iso = codes.filter((code) => code !== undefined).join('/');
  return iso || textAt(parent, 'BkTxCd', 'Prtry', 'Cd');
}
