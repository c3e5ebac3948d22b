import { Query } from '@nestjs/cqrs';
import type { PlaceId, StatementId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { StatementState } from './statements.queries.js';

export type HistoryRow = Readonly<{
  id: StatementId; period: string; closedAt: Date; lines: number; grossCents: bigint; feeCents: bigint;
  commonsCents: bigint; netCents: bigint;
  toPayCents: bigint; state: StatementState; paidOn: Date | null; reference: string | null;
}>;

export class ListStatementHistory extends Query<ListingPage<HistoryRow>> {
  constructor(readonly placeId: PlaceId, readonly asked: ListingQuery) { super(); }
}
