// The zones that communes are counted by. What no list names is unknown: never rural or urban, and never without a quarter.
export const ZONES = ['rural', 'urban', 'unknown_density', 'with_quarter', 'unknown_quarter'] as const;
export type Zone = (typeof ZONES)[number];
/** `quarters`: that lie in the commune, or partly; which of its places and people are in them nobody knows. */
export type Listed = Readonly<{ densityClass: string | null; quarters: readonly string[] }>;

/** INSEE, density grid in seven levels: small towns are 4, rural towns 5, scattered 6, very scattered 7. */
const RURAL_FROM = 5;

/** A commune is of one zone by its density, and of one by its quarters. Undefined: no list in force names it. */
export function isOfZone(zone: Zone, listed: Listed | undefined): boolean {
  const density = listed?.densityClass ? Number(listed.densityClass) : null;
  switch (zone) {
    case 'rural': return density !== null && density >= RURAL_FROM;
    case 'urban': return density !== null && density < RURAL_FROM;
    case 'unknown_density': return density === null;
    case 'with_quarter': return (listed?.quarters.length ?? 0) > 0;
    case 'unknown_quarter': return (listed?.quarters.length ?? 0) === 0;
  }
}
