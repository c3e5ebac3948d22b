import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Keyring } from '#libs/keys';
import { OVERSEER, readAs } from '#libs/persistence';
import { readBatch } from '../batch.store.js';
import type { BatchRange } from '../holding.decision.js';
import { IssuanceWork } from '../issuance.work.js';
import { rangesOfScans } from '../scan.js';
import { ListPieces, ShowPartition, WhereIs, type Named, type Partition, type Whereabouts } from './where-is.query.js';
import { cameBy, isStopped, listPieces, movesOf, partsOf, type PieceView } from './whereabouts.store.js';

@QueryHandler(WhereIs)
export class WhereIsHandler implements IQueryHandler<WhereIs> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  /** Whose hands it went through is asked as they may read; its way is told whole to whoever it came by. */
  async execute({ named, distributorId }: WhereIs): Promise<Whereabouts | undefined> {
    const found = await this.find(named);
    if (!found) return undefined;
    const { batchId, range: { first, last } } = found;
    const isTheirs = distributorId === null || await readAs(this.work, distributorId, (sql) => cameBy(sql, batchId, first, distributorId));
    if (!isTheirs) return undefined;
    return readAs(this.work, OVERSEER, async (sql) => {
      const moves = await movesOf(sql, batchId, first);
      return moves.length > 0 ? { batchId, first, last, isStopped: await isStopped(sql, batchId, first), moves } : undefined;
    });
  }

  private async find(named: Named): Promise<BatchRange | undefined> {
    if (!('serial' in named)) return { batchId: named.batchId, range: { first: named.index, last: named.index } };
    return (await rangesOfScans(this.work.client, this.keyring, [named.serial]))[0];
  }
}

@QueryHandler(ShowPartition)
export class ShowPartitionHandler implements IQueryHandler<ShowPartition> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ batchId }: ShowPartition): Promise<Partition | undefined> {
    const batch = await readBatch(this.work.client, batchId);
    return batch && { batchId, count: batch.count, bookletSize: batch.bookletSize, parts: await partsOf(this.work.client, batchId) };
  }
}

@QueryHandler(ListPieces)
export class ListPiecesHandler implements IQueryHandler<ListPieces> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ batchId, after, rowsMax }: ListPieces): Promise<readonly PieceView[]> {
    return listPieces(this.work.client, batchId, after, rowsMax);
  }
}
