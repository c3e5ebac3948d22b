// One statement (`Stmt`), gathered record by record while the file streams by.
import type { Cents, LocalDate } from '#libs/kernel';
import type { BankEntry, BankStatement } from '../bank-statement.js';
import { signed } from '../bank-statement.js';
import { BANK_FILE_LIMITS, bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem } from '../bank-file-problem.js';
import { child, textAt } from '../xml/xml-element.js';
import type { XmlElement } from '../xml/xml-element.js';
import { readEntry } from './camt-entry.js';
import { CamtFields } from './camt-fields.js';

type Balance = Readonly<{ type: string; cents: Cents; currency: string; date: LocalDate | undefined }>;

/** What settlement has no use for (summaries, interest) is not kept. */
const HEAD = new Set(['Id', 'StmtPgntn', 'ElctrncSeqNb', 'LglSeqNb', 'CreDtTm', 'Acct']);

const numberAt = (parent: XmlElement, name: string): number | undefined => {
  const text = textAt(parent, name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

export class StatementDraft {
  readonly #fields = new CamtFields();
  readonly #head = new Map<string, XmlElement>();
  readonly #balances: Balance[] = [];
  readonly #entries: BankEntry[] = [];

  constructor(private readonly line: number) {}

  /** Takes a child of `Stmt`. */
  add(element: XmlElement): BankFileProblem | undefined {
    const { entriesMax, balancesMax } = BANK_FILE_LIMITS;
    if (this.#entries.length > entriesMax || this.#balances.length > balancesMax) {
      return bankFileProblem('bank_file_too_complex', { line: element.line });
    }
    if (element.name === 'Ntry') {
      this.#entries.push(readEntry(element, this.#entries.length + 1, this.#fields));
    } else if (element.name === 'Bal') this.#balances.push(this.#balance(element));
    else if (HEAD.has(element.name)) this.#head.set(element.name, element);
    return this.#fields.problem;
  }

  finished(): BankStatement | BankFileProblem {
    const children = [...this.#head.values()];
    const stmt: XmlElement = { name: 'Stmt', line: this.line, text: '', children, attributes: {} };
    const id = this.#fields.required(stmt, 'Id');
    const createdAt = this.#fields.instant(stmt, 'CreDtTm');
    const iban = textAt(stmt, 'Acct', 'Id', 'IBAN')?.replace(/\s/g, '').toUpperCase();
    const otherAccountId = iban ? undefined : this.#fields.required(stmt, 'Acct', 'Id', 'Othr', 'Id');
    if (this.#fields.problem) return this.#fields.problem;
    const currency = textAt(stmt, 'Acct', 'Ccy') ?? this.#balances[0]?.currency ?? this.#entries[0]?.currency ?? '';
    return {
      id, createdAt, iban, otherAccountId, currency,
      sequence: numberAt(stmt, 'ElctrncSeqNb') ?? numberAt(stmt, 'LglSeqNb'),
      page: this.#page(),
      ...this.#opening(currency),
      ...this.#closing(currency),
      entries: this.#entries,
    };
  }

  #page(): BankStatement['page'] {
    const page = this.#head.get('StmtPgntn');
    const number = page && numberAt(page, 'PgNb');
    return page && number !== undefined ? { number, last: this.#fields.flag(page, 'LastPgInd') } : undefined;
  }

  #balance(element: XmlElement): Balance {
    const { amountCents, currency } = this.#fields.amount(child(element, 'Amt'), element);
    return {
      type: textAt(element, 'Tp', 'CdOrPrtry', 'Cd') ?? '',
      cents: signed(amountCents, this.#fields.side(element)),
      currency,
      date: this.#fields.day(element, 'Dt'),
    };
  }

  /** The previous closing balance (PRCD) opens a statement as well as an opening one (OPBD) does. */
  #opening(currency: string): Pick<BankStatement, 'openingCents' | 'openingDate'> {
    const opening = this.#find(currency, 'OPBD') ?? this.#find(currency, 'PRCD');
    return opening ? { openingCents: opening.cents, openingDate: opening.date } : {};
  }

  #closing(currency: string): Pick<BankStatement, 'closingCents' | 'closingDate'> {
    const closing = this.#find(currency, 'CLBD');
    return closing ? { closingCents: closing.cents, closingDate: closing.date } : {};
  }

  #find(currency: string, type: string): Balance | undefined {
    return this.#balances.find((balance) => balance.type === type && balance.currency === currency);
  }
}
