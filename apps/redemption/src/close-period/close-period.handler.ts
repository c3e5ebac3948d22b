import { Inject } from '@nestjs/common';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { TotalsPublisher } from '#libs/control-totals';
import { RedemptionPeriodTotalledV1 } from '#libs/contracts';
import { reject, sum, toWire, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { TOTALS_PLACES_MAX } from '../limits.js';
import { insertPeriodClosing, lockPeriod } from '../period-closing.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { ClosePeriod, ShowTotals, type Closed, type Totals } from './close-period.command.js';
import { areUndoingsNumbered, totalsSoFar } from './totals.store.js';

@CommandHandler(ClosePeriod)
export class ClosePeriodHandler implements ICommandHandler<ClosePeriod> {
  constructor(private readonly work: RedemptionWork, @Inject(TotalsPublisher) private readonly totals: Pick<TotalsPublisher, 'wake'>) {}

  async execute({ meta }: ClosePeriod): Promise<Closed | Rejected> {
    const closed = await this.closed(meta);
    this.totals.wake();
    return closed;
  }

  private closed(meta: ClosePeriod['meta']): Promise<Closed | Rejected> {
    return this.work.once<Closed | Rejected>(meta, async (tx) => {
      await lockPeriod(tx);
      // The number of such an undoing would come after ours: settlement would pay the redemption by this total, and then hear
      // that it is undone. New ones wait for us, so those that there are need a moment of the relay's, or a relay that runs.
      if (!(await areUndoingsNumbered(tx))) return reject('undo_under_way');
      const totals = await totalsSoFar(tx.sql);
      await insertPeriodClosing(tx, totals.upToSeq);
      await tell(tx, totals);
      const { upToSeq, places } = totals;
      return {
        upToSeq, placeCount: places.length, count: places.reduce((all, { count }) => all + count, 0),
        amountCents: toWire(sum(places.map(({ amount }) => amount))),
      };
    });
  }
}

/** In parts; a period without a redemption is one part without places, so that settlement hears of it too. */
async function tell(tx: Tx, { upToSeq, places }: Totals): Promise<void> {
  const parts = Math.max(1, Math.ceil(places.length / TOTALS_PLACES_MAX));
  for (let part = 0; part < parts; part += 1) {
    const shown = places.slice(part * TOTALS_PLACES_MAX, (part + 1) * TOTALS_PLACES_MAX);
    await tx.emit(RedemptionPeriodTotalledV1, {
      subject: `period:${upToSeq}`,
      body: {
        upToSeq, part, parts, currency: 'EUR',
        places: shown.map(({ placeId, count, amount }) => ({ placeId, count, amountCents: toWire(amount) })),
      },
    });
  }
}

@QueryHandler(ShowTotals)
export class ShowTotalsHandler implements IQueryHandler<ShowTotals> {
  constructor(private readonly work: RedemptionWork) {}

  execute(): Promise<Totals> {
    return totalsSoFar(this.work.client);
  }
}
