import { Query } from '@nestjs/cqrs';
import type { PlaceId, RedemptionId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Today } from './today.store.js';

/** What a place redeemed today, in the time zone of its site; undefined for a place that is not registered. */
export class ShowToday extends Query<Today | undefined> {
  constructor(readonly placeId: PlaceId) {
    super();
  }
}

export type RedemptionRow = Readonly<{
  id: RedemptionId; redeemedAt: Date; serviceDate: Date; amountCents: bigint; keptCents: bigint; service: string | null; placeId: PlaceId;
  programmeName: string; state: 'redeemed' | 'undone';
}>;

/** Of one place, or of all where `placeId` is null. */
export class ListRedemptions extends Query<ListingPage<RedemptionRow>> {
  constructor(readonly placeId: PlaceId | null, readonly asked: ListingQuery) {
    super();
  }
}
