import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Keyring } from '#libs/keys';
import { readBatch } from '../batch.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { rangesOfScans } from '../scan.js';
import { ListPieces, ShowPartition, WhereIs, type Partition, type Whereabouts } from './where-is.query.js';
import { isStopped, listPieces, movesOf, partsOf, type PieceView } from './whereabouts.store.js';

@QueryHandler(WhereIs)
export class WhereIsHandler implements IQueryHandler<WhereIs> {
  constructor(private readonly work: IssuanceWork, private readonly keyring: Keyring) {}

  async execute({ named, distributorId }: WhereIs): Promise<Whereabouts | undefined> {
    const sql = this.work.client;
    const found = 'serial' in named
      ? (await rangesOfScans(sql, this.keyring, [named.serial]))[0]
      : { batchId: named.batchId, range: { first: named.index, last: named.index } };
    if (!found) return undefined;
    const { batchId, range } = found;
    const moves = await movesOf(sql, batchId, range.first);
    const isTheirs = distributorId === null || moves.some((move) => move.distributorId === distributorId);
    return moves.length > 0 && isTheirs ? { batchId, ...range, isStopped: await isStopped(sql, batchId, range.first), moves } : undefined;
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
