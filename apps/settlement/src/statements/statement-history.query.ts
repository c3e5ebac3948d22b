import { Query } from '@nestjs/cqrs';
import type { PayeeId, StatementId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Reader } from '../reader.js';
import type { StatementState } from './statements.queries.js';

export type HistoryRow = Readonly<{
  id: StatementId; payeeId: PayeeId; legalName: string; period: string; closedAt: Date; lines: number; grossCents: bigint; feeCents: bigint;
  commonsCents: bigint; netCents: bigint;
  toPayCents: bigint; state: StatementState; paidOn: Date | null; reference: string | null;
}>;

export class ListStatementHistory extends Query<ListingPage<HistoryRow>> {
  constructor(readonly reader: Reader, readonly asked: ListingQuery) { super(); }
}
