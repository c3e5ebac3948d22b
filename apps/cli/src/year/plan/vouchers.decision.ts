// Which vouchers are used: citizens get booklets of ten and use about six of each, so three booklets in five are begun.
import { between, indices, shuffled, type Draw } from './chance.decision.js';

export const BOOKLET_SIZE = 10;
const USED_PER_BOOKLET = { from: 3, to: 9 } as const;

export type VoucherUse = Readonly<{ /** In the order of use. */ used: readonly number[]; unused: readonly number[] }>;

/** Indices of vouchers, `redemptions` of them used. */
export function voucherUseOf(voucherCount: number, redemptions: number, draw: Draw): VoucherUse {
  const booklets = shuffled(draw, indices(Math.ceil(voucherCount / BOOKLET_SIZE)));
  const wanted = booklets.flatMap((booklet) =>
    indices(between(draw, USED_PER_BOOKLET.from, USED_PER_BOOKLET.to)).map((leaf) => booklet * BOOKLET_SIZE + leaf));
  const inBooklets = wanted.filter((index) => index < voucherCount).slice(0, redemptions);
  // So few vouchers that their booklets do not suffice: then whatever is there is used.
  const others = new Set(indices(voucherCount));
  for (const index of inBooklets) others.delete(index);
  const missing = [...others].slice(0, redemptions - inBooklets.length);
  for (const index of missing) others.delete(index);
  return { used: shuffled(draw, [...inBooklets, ...missing]), unused: [...others] };
}

/** A part of somebody's booklet; both ends included. */
export type LostVouchers = Readonly<{ first: number; last: number }>;

const LOST_MAX = 5;
/** Stay in use for what a year wants an unused voucher for. */
const KEPT = 3;

/** The longest run of unused vouchers, the first of those equal; at least one voucher, as long as any is left over. */
export function lostOf(unused: readonly number[]): Readonly<{ lost: LostVouchers; unused: readonly number[] }> {
  let lost: LostVouchers = { first: unused.at(-1)!, last: unused.at(-1)! };
  let run = { first: -1, last: -2 };
  for (const index of unused.slice(KEPT)) {
    const goesOn = index === run.last + 1 && index % BOOKLET_SIZE !== 0 && index - run.first < LOST_MAX;
    run = goesOn ? { ...run, last: index } : { first: index, last: index };
    if (run.last - run.first > lost.last - lost.first) lost = run;
  }
  return { lost, unused: unused.filter((index) => index < lost.first || index > lost.last) };
}
