import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RangeHandedOverV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, reject, type DistributorId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { readBatches } from '../batch.store.js';
import { lockStock } from '../database.store.js';
import { handedOverAmong, insertHandOvers, receivedOf, type BatchRange, type NewHandOver, type ReceivedRange } from '../hand-over.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { endedAmong, endingAmong } from '../vintages/ending-batch.store.js';
import { HandOver, type AskedHandOver, type HandedOver, type MadeHandOver } from './hand-over.command.js';
import { decideHandOver, decideRanges, type Leaving, type Part } from './hand-over.decision.js';

@CommandHandler(HandOver)
export class HandOverHandler implements ICommandHandler<HandOver> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ distributorId, asked, meta }: HandOver) {
    return this.work.once<HandedOver | Rejected>(meta, async (tx) => {
      const batchIds = asked.map(({ batchId }) => batchId);
      await lockStock(tx, batchIds);
      const ranges = decideRanges(asked, await readBatches(tx.sql, batchIds));
      if (isRejected(ranges)) return ranges;
      const ended = await endedAmong(tx.sql, batchIds, dayIn(OPERATOR_ZONE, tx.now));
      if (ended) return reject('vouchers_ended', ended);
      const parts = decideHandOver(await leavingOf(tx, distributorId, ranges));
      return isRejected(parts) ? parts : {
        handOvers: await handOver(tx, distributorId, asked, parts), ending: await endingAmong(tx.sql, batchIds),
      };
    });
  }
}

async function leavingOf(
  tx: Tx, distributorId: DistributorId, ranges: readonly BatchRange[],
): Promise<readonly Leaving<ReceivedRange>[]> {
  const received = await receivedOf(tx.sql, distributorId, ranges);
  const handedOver = await handedOverAmong(tx.sql, ranges);
  return ranges.map((one, position) => ({ ...one, received: received.get(position) ?? [], isHandedOver: handedOver.has(position) }));
}

async function handOver(
  tx: Tx, distributorId: DistributorId, asked: readonly AskedHandOver[], parts: readonly Part<ReceivedRange>[],
): Promise<readonly MadeHandOver[]> {
  const made = parts.map((part): NewHandOver & { position: number } => {
    const { batchId, inseeCode, publicCategory } = asked[part.position]!;
    return { ...part, handOverId: idOf('handOver', tx.newId()), batchId, inseeCode, publicCategory };
  });
  await insertHandOvers(tx, distributorId, made, actorOf(tx));
  await tx.emitAll(RangeHandedOverV1, made.map(({ handOverId, batchId, range }) => ({
    subject: `batch:${batchId}`, body: { handOverId, batchId, distributorId, ...range },
  })));
  return made.map(({ handOverId, position, batchId, range }) => ({ handOverId, position, batchId, ...range }));
}
