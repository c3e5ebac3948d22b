// What becomes of one row of a list of hand-overs: it is handed over, or was before, or the list has to be corrected. One
// bad row stops no other.
import type { DistributorId } from '#libs/kernel';
import { decideHandOver, type Leaving, type Part } from '../hand-over/hand-over.decision.js';
import type { BatchRange, Piece, ReceivedRange } from '../holding.decision.js';
import { overlap } from '../voucher-range.decision.js';

export const ROW_CODES = {
  handed_over: 'The vouchers are handed over.',
  handed_over_before: 'You handed these vouchers over before: nothing is done.',
  row_repeated: 'An earlier row of the file names these vouchers, or some of them: nothing is done.',
  row_ragged: 'The row has more cells than the header has names: mend its quotes or delimiters.',
  row_quote_open: 'A quote of the row closed in another line and may have swallowed rows up to line: mend its quotes.',
  row_too_long: 'The row is longer than any row of such a list: mend its quotes.',
  row_not_object: 'The entry of the list is no object.',
  serial_missing: 'The row names no voucher: give its serial, or the number on the cover of its booklet.',
  serial_wrong: 'This is neither a serial nor the number of a booklet, or a character of it is wrong.',
  serial_unknown: 'No voucher and no booklet of ours has this number.',
  commune_wrong: 'The commune is no INSEE code of five characters; not its postal code, not its name.',
  public_wrong: 'The public is none of the words for it: leave it out, or see the description of the route.',
  pathway_wrong: 'The pathway has to be an opaque word of 12 to 64 letters, digits or dashes, with a digit; never a name.',
  not_in_stock: 'Not all of these vouchers are in your stock.',
  ended: 'The last day on which these vouchers can be used is over.',
  cancelled: 'The order of these vouchers is cancelled: they are not handed over any more.',
  stopped: 'These vouchers, or some of them, are stopped: no till takes them. Have them replaced.',
} as const;
export type RowCode = keyof typeof ROW_CODES;

/** What the row names, and what is true of it. */
export type LaidRow = Readonly<{
  scanned: BatchRange; pieces: readonly Piece[]; leaving: Leaving<ReceivedRange>;
  /** Why nothing of their batch may be handed over any more, if so. */
  bar: Bar | undefined;
}>;
/** The last day of use is over, or the order is cancelled. */
export type Bar = 'ended' | 'cancelled';
export type RowDecision =
  | Readonly<{ outcome: 'imported'; code: 'handed_over'; parts: readonly Part<ReceivedRange>[] }>
  | Readonly<{ outcome: 'unchanged'; code: 'handed_over_before'; handOverId: string }>
  | Readonly<{ outcome: 'refused'; code: RowCode }>;

/** `taken`: what earlier rows of the file named. */
export function decideRow(
  { scanned, pieces, leaving, bar }: LaidRow, distributorId: DistributorId, taken: readonly BatchRange[],
): RowDecision {
  if (taken.some(({ batchId, range }) => batchId === scanned.batchId && overlap(range, scanned.range))) return { outcome: 'refused', code: 'row_repeated' };
  const [first] = pieces;
  if (first && pieces.every((piece) => piece.place === 'handed_over' && piece.distributorId === distributorId)) {
    return { outcome: 'unchanged', code: 'handed_over_before', handOverId: first.documentId! };
  }
  if (bar) return { outcome: 'refused', code: bar };
  const parts = decideHandOver([leaving]);
  if ('code' in parts) return { outcome: 'refused', code: parts.code === 'range_stopped' ? 'stopped' : 'not_in_stock' };
  return { outcome: 'imported', code: 'handed_over', parts };
}
