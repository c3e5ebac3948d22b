// Tells once a month how long places waited for their money. Audit makes the public figures of it, so that the promise of a scheme can be
// held against what it did.
import { TimeToPayMeasuredV1 } from '#libs/contracts';
import { dayIn, type Month, dueMonth } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE, MONTH_SETTLES_AFTER_DAYS } from '../limits.js';
import type { SettlementWork } from '../settlement.work.js';
import { firstPaidOn, insertMeasured, lastMeasured, timeToPayIn } from './time-to-pay.store.js';

const NAME = 'time-to-pay';
const META: Meta = { kind: 'process', name: NAME, correlationId: NAME };

export class DelayMeasurer {
  constructor(private readonly work: SettlementWork) {}

  /** Measures the months that are due, one transaction each. Resolves with them. */
  async measureDue(): Promise<Month[]> {
    const measured: Month[] = [];
    for (let month = await this.measureNext(); month !== null; month = await this.measureNext()) measured.push(month);
    return measured;
  }

  private async measureNext(): Promise<Month | null> {
    const outcome = await this.work.once<{ month: Month | null }>(META, async (tx) => {
      // Two processes of ours would measure one month twice.
      await lockByName(tx, NAME);
      const today = dayIn(BANK_TIME_ZONE, tx.now);
      const month = dueMonth({ today, last: await lastMeasured(tx.sql), firstDay: await firstPaidOn(tx.sql) }, MONTH_SETTLES_AFTER_DAYS);
      if (month === undefined) return { month: null };
      const programmes = await timeToPayIn(tx.sql, month);
      await insertMeasured(tx, month, await tx.emit(TimeToPayMeasuredV1, { subject: `month:${month}`, body: { month, programmes } }));
      return { month };
    });
    return (outcome as { month: Month | null }).month;
  }
}
