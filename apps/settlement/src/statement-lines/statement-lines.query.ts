import { Query } from '@nestjs/cqrs';
import type { ClaimLineId, IncidentId, PlaceId, RedemptionId, StatementId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Shares } from '../statement-closings/statement.decision.js';
import type { LINE_KINDS } from './statement-lines.listing.js';

export type LineOfList = Readonly<{
  id: string; claimLineId: ClaimLineId; incidentId: IncidentId | null; redemptionId: RedemptionId; placeId: PlaceId; placeName: string;
  programmeName: string; serviceDate: Date; grossCents: bigint; statementId: StatementId; period: string; kind: (typeof LINE_KINDS)[number];
}>;
/** With its part of the fees, as its statement divides them. */
export type SharedLineOfList = LineOfList & Readonly<{ shares: Shares }>;

export class ListStatementLines extends Query<ListingPage<SharedLineOfList>> {
  constructor(readonly placeId: PlaceId, readonly statementId: StatementId | null, readonly asked: ListingQuery) { super(); }
}
