// Thirteen months, the last one for late claims: tills work, then the desk closes what was claimed, pays it, and hears
// from the bank. After each of them the money has to add up.
import { euros } from '../../demo/life.js';
import type { Crime, Victim } from '../../demo/sabotage.js';
import { mustAddUp } from '../ledgers/must-add-up.js';
import type { Month } from '../plan/calendar.decision.js';
import type { Year } from '../year.js';
import { closeMonth, type ClosedMonth } from './close-month.js';
import { handOver, type Stock } from './distribute.js';
import { importStatements } from './import-statements.js';
import { COOLING_OFF_DAYS, type PayDesk, type Released } from './pay-desk.js';
import { replaceLost, type Lost } from './replace-lost.js';
import type { ReviewDesk } from './review-holds.js';
import type { Tills } from './tills.js';

const CLOSING_HOUR = 19;
const OFFICE_HOUR = 9;
/** Of one month: what came back is paid again with the next one, and after the last at once. */
const RUNS_MAX = 5;

export type Desk = Readonly<{ tills: Tills; reviews: ReviewDesk; pay: PayDesk; lost: Lost; stock: Stock; crime: Crime; victim: Victim }>;

export async function liveThroughMonths(year: Year, desk: Desk): Promise<void> {
  let isCommitted = false;
  await handOver(desk.stock, 1);
  for (const month of year.calendar.months) {
    const paid = await liveThrough(year, month, desk);
    await mustAddUp(year);
    if (!paid || isCommitted) continue;
    isCommitted = true;
    await commit(year, desk);
  }
  await payWhatCameBack(year, desk);
  await mustAddUp(year);
}

/** Whether anybody was paid. */
export async function liveThrough(year: Year, month: Month, desk: Desk): Promise<boolean> {
  const { tills, pay } = desk;
  const before = tills.used.length;
  const closed = await workAndClose(year, month, desk);
  const released = await pay.release();
  if (released) await pay.hear(released, (days) => tills.workUntil(year.time.dayAfter(days), OFFICE_HOUR));
  else await importStatements(year);
  year.tell([
    `month ${month.number}: ${tills.used.length - before} vouchers used, ${closed.statements} statements of ${euros(closed.grossCents)}`,
    ...(closed.held > 0 ? [`${closed.held} first remittances held for review`] : []),
    ...(released ? paidText(released) : ['nothing to pay']),
  ].join(', '));
  return released !== undefined;
}

/** Up to the closing of a month: what is owed for it is in statements, and nobody is paid yet. */
export async function workAndClose(year: Year, { number, from, to, closesOn }: Month, desk: Desk): Promise<ClosedMonth> {
  const { tills, reviews, lost, stock } = desk;
  const { lostOn, months } = year.calendar;
  // The desk closes a month in the first days of the next, in which tills work too.
  await handOver(stock, number + 1);
  if (lostOn >= from && lostOn <= to) {
    await tills.workUntil(lostOn, OFFICE_HOUR);
    await replaceLost(year, lost);
  }
  await tills.workUntil(closesOn, CLOSING_HOUR);
  return closeMonth(year, reviews, number === months.length);
}

const paidText = ({ run, reject, return: sentBack }: Released): string[] => [
  `${run.paymentCount} payments of ${euros(run.amountCents)}`, ...(reject.length > 0 ? [`${reject.length} rejected by the bank`] : []),
  ...(sentBack.length > 0 ? [`${sentBack.length} sent back`] : []),
];

export async function payWhatCameBack(year: Year, { tills, pay }: Desk): Promise<void> {
  const waitUntil = (days: number) => tills.workUntil(year.time.dayAfter(days), OFFICE_HOUR);
  for (let runs = 0; runs < RUNS_MAX; runs += 1) {
    // The accounts that were changed after the run before cool off first.
    await waitUntil(COOLING_OFF_DAYS);
    const released = await pay.release();
    if (!released) return;
    await pay.hear(released, waitUntil);
    year.tell(`after the last month: ${paidText(released).join(', ')}`);
  }
}

/** Somebody with more power than the software expects, after the first places were paid; without one, nothing happens. */
async function commit(year: Year, { crime, victim }: Desk): Promise<void> {
  if (crime.opened) {
    await crime.opened(victim);
    // Together, so that one of two messages can be taken away.
    await Promise.all([victim.redeemOne(), victim.redeemOne()]);
    await crime.redeemed?.(victim);
  }
  await crime.paid?.(victim);
  await year.time.settled();
}
