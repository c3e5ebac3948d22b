// Amounts in bank files are decimal texts. They become cents digit by digit: no float ever holds money.
import { cents } from '#libs/kernel';
import type { Cents } from '#libs/kernel';

/** ISO 20022 allows 18 digits and 5 of them behind the point; zeros there are written by some banks (`12.50000`). */
const AMOUNT = /^\+?(\d{1,18})?(?:\.(\d{1,2})?0{0,5})?$/;

/** `474.4` -> 47440; undefined for a third decimal that is not zero, a sign, a comma, an exponent or an empty text. */
export function parseAmount(text: string): Cents | undefined {
  const parts = AMOUNT.exec(text);
  if (!parts || !/\d/.test(text)) return undefined;
  const [, units = '0', decimals = ''] = parts;
  return cents(BigInt(units) * 100n + BigInt(decimals.padEnd(2, '0')));
}

/** 47440 -> `474.40`; always two decimals, so that equal amounts are equal bytes. Throws RangeError below zero. */
export function formatAmount(amountCents: Cents): string {
  if (amountCents < 0n) throw new RangeError('a bank file writes no amount below zero');
  return `${amountCents / 100n}.${String(amountCents % 100n).padStart(2, '0')}`;
}
