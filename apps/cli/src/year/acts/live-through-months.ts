// Thirteen months, the last one for late claims: tills work, then the desk closes what was claimed, pays it, and hears
// from the bank.
import { euros } from '../../demo/life.js';
import type { Crime, Victim } from '../../demo/sabotage.js';
import type { Month } from '../plan/calendar.decision.js';
import type { Year } from '../year.js';
import { closeMonth } from './close-month.js';
import { importStatements } from './import-statements.js';
import type { PayDesk } from './pay-places.js';
import type { Tills } from './tills.js';

const CLOSING_HOUR = 19;
const OFFICE_HOUR = 9;

export type Desk = Readonly<{ tills: Tills; pay: PayDesk; crime: Crime; victim: Victim }>;

export async function liveThroughMonths(year: Year, desk: Desk): Promise<void> {
  let isCommitted = false;
  for (const month of year.calendar.months) {
    const paid = await liveThrough(year, month, desk);
    if (!paid || isCommitted) continue;
    isCommitted = true;
    await commit(year, desk);
  }
}

/** Whether anybody was paid. */
async function liveThrough(year: Year, { number, closesOn }: Month, { tills, pay }: Desk): Promise<boolean> {
  const before = tills.used.length;
  await tills.workUntil(closesOn, CLOSING_HOUR);
  const closed = await closeMonth(year);
  const run = await pay.release();
  const back = run ? await pay.returned(run) : [];
  await tills.workUntil(year.time.dayAfter(1), OFFICE_HOUR);
  await importStatements(year);
  await pay.takeBack(back, (days) => tills.workUntil(year.time.dayAfter(days), OFFICE_HOUR));
  year.tell([
    `month ${number}: ${tills.used.length - before} vouchers used, ${closed.statements} statements of ${euros(closed.grossCents)}`,
    run ? `${run.paymentCount} payments of ${euros(run.amountCents)}` : 'nothing to pay',
    ...(back.length > 0 ? [`${back.length} sent back by the bank`] : []),
  ].join(', '));
  return run !== undefined;
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
