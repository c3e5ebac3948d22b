// How much of what one distributor handed out is used at one place. A village with one place lights it, and somebody says so:
// it asks for a look, no more.
import type { Figures } from '../alert-rules/figures.decision.js';

/** Vouchers of a distributor that were used within a month outside of sessions, by place; those already judged are in none. */
export type Share = Readonly<{ placeId: string; count: number }>;
export type Concentrated = Readonly<{
  placeId: string; measured: Readonly<{ vouchers: number; of: number; percent: number; bound: number }>;
}>;

export function decideConcentration(shares: readonly Share[], figures: Figures): Concentrated[] {
  const { concentrationVouchersMin, concentrationPercentMin: bound } = figures;
  const of = shares.reduce((sum, { count }) => sum + count, 0);
  if (of < concentrationVouchersMin) return [];
  return shares.filter(({ count }) => count * 100 >= bound * of)
    .map(({ placeId, count }) => ({ placeId, measured: { vouchers: count, of, percent: Math.floor((count * 100) / of), bound } }));
}
