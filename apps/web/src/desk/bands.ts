// Bands of amounts as an auditor types them.
import { centsTyped } from '../format.js';

/** `10 ; 50,5 ; 100` in cents, none of an empty text; undefined where one is no amount, or does not rise. */
export function bandsTyped(text: string): readonly number[] | undefined {
  const cents = text.split(';').map((one) => one.trim()).filter((one) => one !== '').map(centsTyped);
  const rises = cents.every((one, at) => one !== undefined && one > (at === 0 ? 0 : cents[at - 1] ?? Infinity));
  return rises ? cents.filter((one) => one !== undefined) : undefined;
}
