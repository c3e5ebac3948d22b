import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionPeriodTotalledV1 } from '#libs/contracts';
import { sum, toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { TOTALS_PLACES_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { ClosePeriod, ShowTotals, type Closed, type Totals } from './close-period.command.js';
import { totalsSoFar } from './totals.store.js';

@CommandHandler(ClosePeriod)
export class ClosePeriodHandler implements ICommandHandler<ClosePeriod> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ meta }: ClosePeriod): Promise<Closed> {
    const outcome = await this.work.once<Closed>(meta, async (tx) => {
      const totals = await totalsSoFar(tx.sql);
      await tell(tx, totals);
      const { upToSeq, places } = totals;
      return {
        upToSeq, placeCount: places.length, count: places.reduce((all, { count }) => all + count, 0),
        amountCents: toWire(sum(places.map(({ amount }) => amount))),
      };
    });
    return outcome as Closed;
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
