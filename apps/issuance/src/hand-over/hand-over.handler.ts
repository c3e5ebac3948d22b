import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, type Rejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { readBatches } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { barredAmong, endingAmong } from '../vintages/ending-batch.store.js';
import { HandOver, type HandedOver } from './hand-over.command.js';
import { decideHandOver, decideRanges } from './hand-over.decision.js';
import { giveOut, leavingOf } from './leave-stock.js';
import { nameScans } from './name-scans.js';

@CommandHandler(HandOver)
export class HandOverHandler implements ICommandHandler<HandOver> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  execute({ distributorId, asked: named, meta }: HandOver) {
    return this.work.once<HandedOver | Rejected>(meta, async (tx) => {
      const asked = await nameScans(tx.sql, this.keyring, named);
      if (isRejected(asked)) return asked;
      const batchIds = asked.map(({ batchId }) => batchId);
      await lockStock(tx, batchIds);
      const ranges = decideRanges(asked, await readBatches(tx.sql, batchIds, distributorId));
      if (isRejected(ranges)) return ranges;
      const barred = await barredAmong(tx.sql, batchIds, dayIn(OPERATOR_ZONE, tx.now));
      if (barred) return barred;
      const laid = ranges.map((range, at) => ({ ...range, agentId: asked[at]!.agentId }));
      const parts = decideHandOver(await leavingOf(tx.sql, distributorId, laid));
      if (isRejected(parts)) return parts;
      const handOvers = await giveOut(tx, this.keyring, { distributorId, asked, parts });
      return { handOvers, ending: await endingAmong(tx.sql, batchIds) };
    });
  }
}
