import { reject, ZERO, type Cents, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** Setting aside moves no money and hides nothing: it is a word on the list, and the last one counts. */
export function decideNote(
  credit: Readonly<{ left: Cents; setAside: boolean }> | undefined, wanted: 'set_aside' | 'taken_up',
): { kind: 'noted' } | Rejected<RefusalCode> {
  if (!credit) return reject('receipt_not_found');
  if (wanted === 'set_aside' && credit.left === ZERO) return reject('receipt_used_up');
  if (credit.setAside === (wanted === 'set_aside')) return reject(credit.setAside ? 'receipt_set_aside' : 'receipt_not_set_aside');
  return { kind: 'noted' };
}
