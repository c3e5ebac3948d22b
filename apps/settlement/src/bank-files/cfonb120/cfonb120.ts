// Reads a statement file in CFONB 120, the fixed records of French banks: 01 the old balance, 04 a movement, 05 more about
// it, 07 the new balance, each of 120 characters. It says what the bank wrote; anything unreadable is a value, never thrown.
import { TextDecoder } from 'node:util';
import type { BankFile, BankStatement } from '../bank-statement.js';
import { BANK_FILE_LIMITS, bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem } from '../bank-file-problem.js';
import { CfonbRecord, RECORD_LENGTH } from './cfonb-record.js';
import { MovementDraft } from './cfonb-movement.js';
import { frenchIban } from './french-account.js';

const malformed = (line: number): BankFileProblem => bankFileProblem('bank_file_malformed', { line });

export function readCfonb120(bytes: Uint8Array): BankFile | BankFileProblem {
  const { bytesMax } = BANK_FILE_LIMITS;
  if (bytes.length > bytesMax) return bankFileProblem('bank_file_too_large', { bytes: bytes.length, bytesMax });
  const reader = new Cfonb120Reader();
  for (const { text, line } of recordsOf(storable(textOf(bytes)))) {
    // A record that is shorter or longer has its fields in other places: every amount after it would be another.
    const problem = text.length === RECORD_LENGTH ? reader.take(new CfonbRecord(text, line)) : malformed(line);
    if (problem) return problem;
  }
  return reader.finished();
}

/** Banks write ISO 8859-1 by the standard, and some UTF-8: accents of the one are no valid bytes of the other. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What no text of the database holds, a NUL or half a character, in as many places: fields are found by their places. */
const storable = (text: string): string => text.replaceAll('\0', ' ').replace(/[\u{10000}-\u{10ffff}]/gu, '??');

/** Records on lines of their own, blank lines between them left out; or one after the other without any line end. */
function* recordsOf(text: string): Generator<Readonly<{ text: string; line: number }>> {
  const unbroken = !text.includes('\n');
  let line = 0;
  for (let start = 0; start < text.length;) {
    const end = unbroken ? start + RECORD_LENGTH : (text.indexOf('\n', start) + 1 || text.length + 1) - 1;
    const record = text.slice(start, end).replace(/\r$/, '');
    line += 1;
    if (record.trim() !== '') yield { text: record, line };
    start = unbroken ? end : end + 1;
  }
}

class Cfonb120Reader {
  readonly #statements: BankStatement[] = [];
  #draft: StatementDraft | undefined;
  #lastLine = 0;

  take(record: CfonbRecord): BankFileProblem | undefined {
    this.#lastLine = record.line;
    const problem = this.#taken(record);
    return problem ?? record.problem;
  }

  #taken(record: CfonbRecord): BankFileProblem | undefined {
    if (record.code === '01') {
      if (this.#draft) return missing('07', record.line);
      if (this.#statements.length >= BANK_FILE_LIMITS.statementsMax) return bankFileProblem('bank_file_too_complex', { line: record.line });
      this.#draft = new StatementDraft(record);
      return undefined;
    }
    if (!this.#draft) return missing('01', record.line);
    if (record.account !== this.#draft.account) return bankFileProblem('bank_file_field_wrong', { field: `${record.code}/account`, line: record.line });
    if (record.code !== '07') return this.#draft.add(record);
    const statement = this.#draft.finished(record);
    this.#draft = undefined;
    if ('kind' in statement) return statement;
    this.#statements.push(statement);
    return undefined;
  }

  finished(): BankFile | BankFileProblem {
    if (this.#draft) return missing('07', this.#lastLine);
    const last = this.#statements.at(-1);
    if (!last) return missing('01', 1);
    return { format: 'cfonb120', messageId: last.id, createdAt: last.createdAt, statements: this.#statements };
  }
}

const missing = (code: string, line: number): BankFileProblem => bankFileProblem('bank_file_field_missing', { field: code, line });

class StatementDraft {
  readonly #entries: BankStatement['entries'][number][] = [];
  #movement: Readonly<{ record: CfonbRecord; draft: MovementDraft }> | undefined;

  constructor(private readonly opening: CfonbRecord) {}

  get account(): string {
    return this.opening.account;
  }

  add(record: CfonbRecord): BankFileProblem | undefined {
    if (record.code === '05') {
      if (!this.#movement) return missing('04', record.line);
      return this.#movement.draft.add(record) ? undefined : bankFileProblem('bank_file_too_complex', { line: record.line });
    }
    if (record.code !== '04') return malformed(record.line);
    const problem = this.#closeMovement();
    if (this.#entries.length >= BANK_FILE_LIMITS.entriesMax) return bankFileProblem('bank_file_too_complex', { line: record.line });
    this.#movement = { record, draft: new MovementDraft(record, this.#entries.length + 1) };
    return problem;
  }

  /** The bank gives a statement no number: its days and balances are its name. */
  finished(closing: CfonbRecord): BankStatement | BankFileProblem {
    const problem = this.#closeMovement();
    const { opening } = this;
    const [openingDate, closingDate] = [opening.day(35, 'day'), closing.day(35, 'day')];
    const [openingCents, closingCents] = [opening.amount('balance'), closing.amount('balance')];
    const wrong = problem ?? opening.problem ?? closing.problem;
    if (wrong) return wrong;
    const [bank, branch, number] = [opening.field(3, 7), opening.field(12, 16), opening.field(22, 32)];
    const iban = frenchIban(bank, branch, number);
    return {
      id: `CFONB ${openingDate} ${openingCents} ${closingCents}`.slice(0, 60), createdAt: closingDate, currency: opening.field(17, 19),
      iban, otherAccountId: iban ? undefined : `${bank} ${branch} ${number}`,
      openingCents, openingDate, closingCents, closingDate, entries: this.#entries,
    };
  }

  #closeMovement(): BankFileProblem | undefined {
    if (!this.#movement) return undefined;
    this.#entries.push(this.#movement.draft.finished());
    const { problem } = this.#movement.record;
    this.#movement = undefined;
    return problem;
  }
}
