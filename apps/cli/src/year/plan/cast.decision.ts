// Who takes part. Of the places that exist one in ten takes vouchers, and of those not a third sees a citizen: the shares
// are measured on real programmes.
import { between, indices, logNormal, shuffled, type Draw } from './chance.decision.js';

/** `place` is an index among those registered; the heavier it weighs, the more people come. */
export type ActivePlace = Readonly<{ place: number; weight: number }>;
export type Cast = Readonly<{ accredited: readonly number[]; /** The busiest first. */ active: readonly ActivePlace[] }>;

const ACCREDITED_PERCENT = { from: 8, to: 13 } as const;
const ACTIVE_SHARE = 0.3;
const ACTIVE_MIN = 3;
/** Each active place has a till that signs in, which costs a tenth of a second on purpose. */
const ACTIVE_MAX = 25;
/** Of 3,407 structures: median 4 services, the top tenth does nine tenths. */
const ACTIVITY = { mu: 1.64, sigma: 1.47 } as const;

export function castOf(placeCount: number, draw: Draw): Cast {
  const share = between(draw, ACCREDITED_PERCENT.from, ACCREDITED_PERCENT.to) / 100;
  const activeCount = Math.min(placeCount, ACTIVE_MAX, Math.max(ACTIVE_MIN, Math.round(placeCount * share * ACTIVE_SHARE)));
  const accreditedCount = Math.min(placeCount, Math.max(activeCount, Math.round(placeCount * share)));
  const accredited = shuffled(draw, indices(placeCount)).slice(0, accreditedCount);
  const weights = indices(activeCount).map(() => logNormal(draw, ACTIVITY.mu, ACTIVITY.sigma)).sort((a, b) => b - a);
  return { accredited, active: weights.map((weight, rank) => ({ place: accredited[rank]!, weight })) };
}
