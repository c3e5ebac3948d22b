// What a year does with each booklet: the month in which somebody first uses it, and whether the year needs it at all.
import { localDate } from '#libs/kernel';
import type { YearPlan } from './year-plan.decision.js';

export type BookletUse = Readonly<{
  /** By booklet; undefined when nobody uses it. */
  firstMonth: readonly (number | undefined)[];
  needed: ReadonlySet<number>;
}>;
type Bound = Readonly<{ codes: readonly string[]; bookletSize: number }>;

/** Unused vouchers that tills are refused with, or that a crime takes. */
const KEPT = 3;

export function bookletUse({ moments, calendar, unused, lost }: YearPlan, { codes, bookletSize }: Bound): BookletUse {
  const firstMonth = new Array<number | undefined>(codes.length / bookletSize).fill(undefined);
  const bookletOf = (voucher: number) => Math.floor(voucher / bookletSize);
  const monthOf = (day: string) => calendar.months.findLast(({ from }) => from <= localDate(day))?.number ?? 1;
  for (const { at, scans } of moments) {
    const month = monthOf(at.toISOString().slice(0, 10));
    const vouchers = scans.flatMap((scan) => (scan.kind === 'redeem' ? [scan.voucher] : scan.kind === 'workshop' ? scan.vouchers : []));
    for (const voucher of vouchers) firstMonth[bookletOf(voucher)] ??= month;
  }
  const lostBooklet = bookletOf(lost.first);
  firstMonth[lostBooklet] = Math.min(firstMonth[lostBooklet] ?? 1, monthOf(calendar.lostOn));
  const kept = unused.slice(0, KEPT).map(bookletOf);
  return { firstMonth, needed: new Set([...kept, ...firstMonth.flatMap((month, booklet) => (month === undefined ? [] : [booklet]))]) };
}
