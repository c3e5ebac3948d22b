// Fields of one record of CFONB 120 by their places, counted from 1 as the banks' description does. The first field that
// cannot be read is kept as the problem of the file, with its line.
import { cents, localDate, minus, ZERO } from '#libs/kernel';
import type { Cents, LocalDate } from '#libs/kernel';
import { BANK_FILE_LIMITS, bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem } from '../bank-file-problem.js';

export const RECORD_LENGTH = 120;
/** The last digit of an amount is written over with its sign: `{` and A to I are +0 to +9, `}` and J to R are -0 to -9. */
const SIGNED_DIGITS = { credit: '{ABCDEFGHI', debit: '}JKLMNOPQR' } as const;

export class CfonbRecord {
  problem: BankFileProblem | undefined;

  constructor(private readonly text: string, readonly line: number) {}

  get code(): string {
    return this.text.slice(0, 2);
  }

  /** Trimmed; empty when the bank left it blank. */
  field(first: number, last: number): string {
    return this.text.slice(first - 1, last).trim();
  }

  /**
   * Branch, currency, its decimals and number: which account all records of a statement are of. Not the bank's code: one
   * that took over another writes both, in one statement.
   */
  get account(): string {
    return [this.field(12, 16), this.field(17, 19), this.field(20, 20), this.field(22, 32)].join(' ');
  }

  /** DDMMYY; the format is younger than 2000, so that no statement of before is told in it. */
  day(first: number, name: string): LocalDate {
    const text = this.field(first, first + 5);
    try {
      return localDate(`20${text.slice(4, 6)}-${text.slice(2, 4)}-${text.slice(0, 2)}`);
    } catch {
      return this.#wrong(name, '' as LocalDate);
    }
  }

  /** Cents, below zero for a debit. The account's decimals stand in place 20; a cent is the smallest part that is taken. */
  amount(name: string): Cents {
    const text = this.text.slice(90, 104);
    const sign = text.at(-1) ?? '';
    const digit = Math.max(SIGNED_DIGITS.credit.indexOf(sign), SIGNED_DIGITS.debit.indexOf(sign));
    const decimals = Number(this.field(20, 20) || 'NaN');
    if (!/^[0-9]{13}$/.test(text.slice(0, 13)) || digit < 0 || !(decimals <= 5)) return this.#wrong(name, ZERO);
    const parts = BigInt(`${text.slice(0, 13)}${digit}`);
    const [grown, shrunk] = [10n ** BigInt(Math.max(2 - decimals, 0)), 10n ** BigInt(Math.max(decimals - 2, 0))];
    if (parts % shrunk !== 0n) return this.#wrong(name, ZERO);
    const amount = cents(parts / shrunk * grown);
    if (amount > BANK_FILE_LIMITS.amountCentsMax) return this.#wrong(name, ZERO);
    return SIGNED_DIGITS.debit.includes(sign) ? minus(ZERO, amount) : amount;
  }

  #wrong<Value>(name: string, value: Value): Value {
    this.problem ??= bankFileProblem('bank_file_field_wrong', { field: `${this.code}/${name}`, line: this.line });
    return value;
  }
}
