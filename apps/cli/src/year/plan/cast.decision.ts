// Who takes part. Of the places that exist one in ten takes vouchers, and of those not a third sees a citizen: the shares
// are measured on real programmes.
import { between, indices, logNormal, shuffled, type Draw } from './chance.decision.js';

/** `place` is an index among those registered; the heavier it weighs, the more people come. */
export type ActivePlace = Readonly<{ place: number; weight: number }>;
export type Cast = Readonly<{ accredited: readonly number[]; /** The busiest first. */ active: readonly ActivePlace[] }>;

const ACCREDITED_PERCENT = { from: 8, to: 13 } as const;
const ACTIVE_SHARE = 0.3;
/** One is held to the last month, one payment is returned, one rejected, and somebody has to be paid. */
export const ACTIVE_MIN = 4;
/** Each active place has a till that signs in, which costs a tenth of a second on purpose. */
const ACTIVE_MAX = 25;
/** Of 3,407 structures: median 4 services, the top tenth does nine tenths. */
const ACTIVITY = { mu: 1.64, sigma: 1.47 } as const;

/** `bodies` by place: the number of its legal body. The active ones are of different bodies, as far as there are. */
export function castOf(bodies: readonly string[], draw: Draw): Cast {
  const share = between(draw, ACCREDITED_PERCENT.from, ACCREDITED_PERCENT.to) / 100;
  const activeCount = Math.min(bodies.length, ACTIVE_MAX, Math.max(ACTIVE_MIN, Math.round(bodies.length * share * ACTIVE_SHARE)));
  const accreditedCount = Math.max(activeCount, Math.round(bodies.length * share));
  const mixed = shuffled(draw, indices(bodies.length));
  const active = oneOfEachFirst(mixed, bodies).slice(0, activeCount);
  const accredited = [...active, ...mixed.filter((place) => !active.includes(place))].slice(0, accreditedCount);
  const weights = indices(activeCount).map(() => logNormal(draw, ACTIVITY.mu, ACTIVITY.sigma)).sort((a, b) => b - a);
  return { accredited, active: weights.map((weight, rank) => ({ place: active[rank]!, weight })) };
}

function oneOfEachFirst(places: readonly number[], bodies: readonly string[]): number[] {
  const seen = new Set<string>();
  const isFirst = places.map((place) => !seen.has(bodies[place]!) && Boolean(seen.add(bodies[place]!)));
  return [...places.filter((_, at) => isFirst[at]), ...places.filter((_, at) => !isFirst[at])];
}
