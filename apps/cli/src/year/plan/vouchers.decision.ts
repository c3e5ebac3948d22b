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
