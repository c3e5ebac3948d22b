import type { Moment } from './moments.decision.js';
import type { TillScan } from './year-plan.decision.js';

/**
 * Of the payees that anybody comes to, the one with the fewest vouchers; the last of those equal. Undefined when there is
 * only one: somebody has to be paid. `payees`: by the rank of the place; what is undone for good counts for nobody.
 */
export function leastBusy(moments: readonly Moment<TillScan>[], payees: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const scan of moments.flatMap(({ scans }) => scans)) {
    const payee = payees[scan.place]!;
    if (scan.kind === 'refused' || (scan.kind === 'redeem' && scan.undone === 'for_good')) continue;
    counts.set(payee, (counts.get(payee) ?? 0) + (scan.kind === 'workshop' ? scan.vouchers.length : 1));
  }
  if (counts.size < 2) return undefined;
  const fewest = Math.min(...counts.values());
  return [...counts].findLast(([, count]) => count === fewest)?.[0];
}
