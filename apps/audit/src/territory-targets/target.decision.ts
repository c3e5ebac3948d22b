// How far a target is reached. What no event tells is unknown: an area of which nothing was heard has nothing only if every service was
// heard with its area.

export const TARGET_KINDS = ['commune', 'epci', 'departement'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];
export type Target = Readonly<{ kind: TargetKind; code: string; version: number; redemptions: number; reason: string }>;
/** Services of an area; `code` null: of an unknown one. */
type Counted = Readonly<{ kind: string; code: string | null; redemptions: number }>;

/** At least so many services; null: unknown. */
export function reachedOf({ kind, code }: Pick<Target, 'kind' | 'code'>, areas: readonly Counted[]): number | null {
  const ofKind = areas.filter((area) => area.kind === kind);
  const found = ofKind.find((area) => area.code === code);
  if (found) return found.redemptions;
  return ofKind.some((area) => area.code === null) ? null : 0;
}

/** Whoever saw a difference to another version has not seen this one. `seen` null: nobody looked. */
export const isOutdated = (seen: number | null, last: number): boolean => seen !== null && seen !== last;
