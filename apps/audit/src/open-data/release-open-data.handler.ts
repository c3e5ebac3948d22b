import { createHash } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FigureEvents, FIGURES_ZONE, figuresOf } from '#libs/figures';
import { addDays, dayIn, dueMonth, firstDayOf, monthAfter, type Month } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { coefficientsInForce } from '../impact/coefficient.store.js';
import { MEASURE_WAITED_FOR_DAYS, OPEN_DATA_SETTLES_AFTER_DAYS, OPERATOR_ZONE, RELEASES_PER_PASS } from '../limits.js';
import { Notary } from '../publish-checkpoint/notary.js';
import { Sealer } from '../seal-events/sealer.js';
import { eventsOf, firstFlowAt, isMeasured, sealedUpTo } from './month-events.store.js';
import { openDataText } from './open-data-text.js';
import { ReleaseOpenData } from './release-open-data.command.js';
import { insertRelease, lastReleased, lockReleases } from './release.store.js';

@CommandHandler(ReleaseOpenData)
export class ReleaseOpenDataHandler implements ICommandHandler<ReleaseOpenData> {
  constructor(private readonly work: AuditWork, private readonly notary: Notary, private readonly sealer: Sealer) {}

  async execute({ meta }: ReleaseOpenData) {
    // Only what has its place in the log is counted: nobody could find the rest again.
    await this.sealer.sealPresent();
    return this.work.once<Month[]>(meta, async (tx) => {
      await lockReleases(tx);
      const first = await firstFlowAt(tx.sql);
      const firstDay = first && dayIn(OPERATOR_ZONE, first);
      const made: Month[] = [];
      while (made.length < RELEASES_PER_PASS) {
        const today = dayIn(OPERATOR_ZONE, tx.now);
        const month = dueMonth({ today, last: await lastReleased(tx.sql), firstDay }, OPEN_DATA_SETTLES_AFTER_DAYS);
        if (month === undefined || await this.waitsForMeasure(tx, month)) break;
        await this.release(tx, month);
        made.push(month);
      }
      return made;
    });
  }

  /** What places waited is told once and never added later: a figure that is late is waited for, for another week. */
  private async waitsForMeasure(tx: Tx, month: Month): Promise<boolean> {
    if (await isMeasured(tx.sql, month)) return false;
    return addDays(firstDayOf(monthAfter(month)), MEASURE_WAITED_FOR_DAYS) > dayIn(OPERATOR_ZONE, tx.now);
  }

  private async release(tx: Tx, month: Month): Promise<void> {
    const [counted, coefficients] = [await sealedUpTo(tx.sql), await coefficientsInForce(tx.sql)];
    const events = new FigureEvents(FIGURES_ZONE);
    for await (const event of eventsOf(tx.sql, month, counted)) events.take(event);
    const head = { origin: this.notary.origin, month, madeAt: tx.now, counted, coefficients };
    const content = openDataText(head, figuresOf(events, month, coefficients));
    const sha256 = createHash('sha256').update(content).digest('hex');
    await insertRelease(tx, { month, content, sha256, ...this.notary.signText(content) });
  }
}
