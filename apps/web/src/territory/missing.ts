// What is missing in a territory, from facts alone: places where the nearest is far, vouchers where a place takes them and none came,
// payers where nearly all that was paid is used. What was not told is unknown, and not missing.
import type { Areas, Deserts } from './territory.data.js';

export type Missing = Readonly<{
  farCommunes: number;
  /** Communes with a place that takes vouchers, in which no service was rendered in the months asked about; null: unknown. */
  idleCommunes: readonly string[] | null;
  /** Of what payers activated, in hundredths; null: unknown, or nothing was activated. */
  leftPercent: number | null;
}>;

/** Below it payers are missing: what is left of the money lasts no season. */
export const LEFT_PERCENT_MIN = 10;

export function missingIn({ communes, places }: Deserts, areas: Areas | null): Missing {
  const served = new Set(areas?.areas.filter(({ kind, redemptions }) => kind === 'commune' && redemptions > 0).map(({ code }) => code));
  const withPlaces = [...new Set(places.flatMap(({ commune }) => (commune === null ? [] : [commune])))];
  const money = areas?.money;
  return {
    farCommunes: communes.far,
    idleCommunes: areas && withPlaces.filter((code) => !served.has(code)).sort(),
    leftPercent: money && money.activatedCents > 0 ? leftOf(money) : null,
  };
}

const leftOf = ({ activatedCents, redeemedCents, expiredCents }: Areas['money']): number =>
  Math.round(100 * (activatedCents - redeemedCents - expiredCents) / activatedCents);

export function isMissing({ farCommunes, idleCommunes, leftPercent }: Missing, what: 'places' | 'vouchers' | 'payers'): boolean {
  if (what === 'places') return farCommunes > 0;
  return what === 'vouchers' ? (idleCommunes?.length ?? 0) > 0 : leftPercent !== null && leftPercent < LEFT_PERCENT_MIN;
}
