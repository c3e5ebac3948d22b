import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, reject, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { readAs } from '#libs/persistence';
import { readBatches } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { distributorExists } from '../distributor.store.js';
import { decideHandOver, decideRanges } from '../hand-over/hand-over.decision.js';
import { giveOut, leavingOf } from '../hand-over/leave-stock.js';
import { nameScans } from '../hand-over/name-scans.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { barredAmong } from '../vintages/ending-batch.store.js';
import { countOf } from '../voucher-range.decision.js';
import { insertQuota, insertWithinQuota, readQuota, type NewQuota, type Quota } from './quota.store.js';
import { ReplaceFromStock, SetQuota, ShowQuota, type FromStock } from './replace-vouchers.command.js';
import { decideFromStock, decideOwner, decideQuota } from './replace-vouchers.decision.js';
import { lockOwn, lockReplaceable, monthOf } from './replaceable.js';

@CommandHandler(ReplaceFromStock)
export class ReplaceFromStockHandler implements ICommandHandler<ReplaceFromStock> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  execute({ distributorId, replaced: { batchId, ...range }, given: named, meta }: ReplaceFromStock) {
    return this.work.once<FromStock | Rejected>(meta, async (tx) => {
      const scanned = await nameScans(tx.sql, this.keyring, [named]);
      if (isRejected(scanned)) return scanned;
      const given = scanned[0]!;
      const found = await lockReplaceable(tx, batchId, range);
      await lockStock(tx, [batchId, given.batchId]);
      const own = await lockOwn(tx, distributorId, { batchId, count: found?.batch.count ?? 0, range });
      const foreign = decideOwner(range, own);
      if (foreign) return foreign;
      const leaving = decideRanges([given], await readBatches(tx.sql, [given.batchId], distributorId));
      if (isRejected(leaving)) return leaving;
      const barred = await barredAmong(tx.sql, [given.batchId], dayIn(OPERATOR_ZONE, tx.now));
      if (barred) return barred;
      const refused = decideFromStock(found?.batch, range, { today: dayIn(OPERATOR_ZONE, tx.now), givenCount: countOf(leaving[0]!.range) });
      if (refused) return refused;
      const parts = decideHandOver(await leavingOf(tx.sql, distributorId, [{ ...leaving[0]!, agentId: given.agentId }]));
      const beyond = decideQuota(range, own) ?? (isRejected(parts) ? parts : undefined);
      if (beyond || isRejected(parts)) return beyond!;

      const month = monthOf(tx.now);
      await insertWithinQuota(tx, { distributorId, month, replacedBatchId: batchId, ...range, way: 'from_stock' }, actorOf(tx));
      const handOvers = await giveOut(tx, this.keyring, { distributorId, asked: [given], parts });
      return { batchId, ...range, handOvers, left: own.vouchersPerMonth - own.used - countOf(range) };
    });
  }
}

@CommandHandler(SetQuota)
export class SetQuotaHandler implements ICommandHandler<SetQuota> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ quota, meta }: SetQuota) {
    return this.work.once<NewQuota | Rejected>(meta, async (tx) => {
      if (!await distributorExists(tx.sql, quota.distributorId)) return reject('distributor_not_found');
      await insertQuota(tx, quota, actorOf(tx));
      return quota;
    });
  }
}

@QueryHandler(ShowQuota)
export class ShowQuotaHandler implements IQueryHandler<ShowQuota> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ distributorId }: ShowQuota): Promise<Quota> {
    const { clock } = this.work.settings;
    return readAs(this.work, distributorId, (sql) => readQuota(sql, distributorId, monthOf(clock.override() ?? new Date())));
  }
}
