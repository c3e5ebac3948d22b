import type { Moment } from './moments.decision.js';
import type { TillScan } from './year-plan.decision.js';

/** The rank of the place, among those where anybody comes, where the fewest vouchers are used; the last of those equal. */
export function leastBusy(moments: readonly Moment<TillScan>[]): number {
  const counts = new Map<number, number>();
  for (const scan of moments.flatMap(({ scans }) => scans)) {
    if (scan.kind === 'refused') continue;
    counts.set(scan.place, (counts.get(scan.place) ?? 0) + (scan.kind === 'workshop' ? scan.vouchers.length : 1));
  }
  const [least] = [...counts].sort(([rank, count], [otherRank, other]) => count - other || otherRank - rank);
  return least?.[0] ?? 0;
}
