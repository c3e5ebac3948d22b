import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PayoutStopLiftedV1 } from '#libs/contracts';
import { brokenRow } from '#libs/invariants';
import { isRejected, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { decideLifting, type PayoutStop } from './lift-stop.decision.js';
import { LiftPayoutStop, ListPayoutStops, StopPayouts, type ListedStop } from './payout-stop.commands.js';
import { findStop, insertLifting, insertStop, lockStops } from './payout-stop.store.js';

@CommandHandler(StopPayouts)
export class StopPayoutsHandler implements ICommandHandler<StopPayouts> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ finding, eventId, meta }: StopPayouts): Promise<null> {
    await this.work.once(meta, async (tx) => {
      await lockStops(tx);
      await insertStop(tx, finding, eventId);
      return null;
    });
    return null;
  }
}

@CommandHandler(LiftPayoutStop)
export class LiftPayoutStopHandler implements ICommandHandler<LiftPayoutStop> {
  constructor(private readonly work: SettlementWork) {}

  execute({ stopId, note, meta }: LiftPayoutStop) {
    return this.work.once<Readonly<{ stopId: PayoutStop['stopId'] }> | Rejected>(meta, async (tx) => {
      await lockStops(tx);
      const stop = await findStop(tx, stopId);
      const decided = decideLifting(stop, stop && await stillBroken(tx, stop));
      if (isRejected(decided)) return decided;
      await insertLifting(tx, stopId, note);
      const { invariant, stoppedAt } = decided.stop;
      await tx.emit(PayoutStopLiftedV1, { subject: `payoutStop:${stopId}`, body: { stopId, invariant, stoppedAt: stoppedAt.toISOString() } });
      return { stopId };
    });
  }
}

/** What is another service's is for the person who lifts to have looked at: this one may not read it. */
const stillBroken = (tx: Tx, { service, invariant }: PayoutStop): Promise<string | undefined> =>
  (service === 'settlement' ? brokenRow(invariant, (sql) => tx.sql.$queryRawUnsafe(sql)) : Promise.resolve(undefined));

@QueryHandler(ListPayoutStops)
export class ListPayoutStopsHandler implements IQueryHandler<ListPayoutStops> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page: { before, rowsMax, standing, stopId } }: ListPayoutStops): Promise<readonly ListedStop[]> {
    return this.work.client.$queryRaw<ListedStop[]>`
      select s.id as "stopId", s.service, s.invariant, s.sentence, s.row_named as "rowNamed", s.detail, s.found_at as "foundAt",
        s.stopped_at as "stoppedAt", l.note, l.lifted_by as "liftedBy", l.lifted_at as "liftedAt"
      from settlement.payout_stop s left join settlement.payout_stop_lifting l on l.stop_id = s.id
      where (${before}::uuid is null or s.id < ${before}::uuid) and (not ${standing}::boolean or l.stop_id is null) and (${stopId}::uuid is null or s.id = ${stopId}::uuid)
      order by s.id desc limit ${rowsMax}::int`;
  }
}
