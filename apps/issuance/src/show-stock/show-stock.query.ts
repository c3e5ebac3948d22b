import { Query } from '@nestjs/cqrs';
import type { DeliveryId, HandOverId } from '#libs/kernel';
import type { DeliveryView, HandOverView, StockPlace, StockView, Wanted } from './stock-view.store.js';

/** By distributor and batch, from the pair after `after` on. */
export class ListStock extends Query<readonly StockView[]> {
  constructor(readonly wanted: Wanted, readonly after: StockPlace | null) {
    super();
  }
}

/** Newest first, from the one before `before` on. */
export class ListDeliveries extends Query<readonly DeliveryView[]> {
  constructor(readonly wanted: Wanted, readonly before: DeliveryId | null) {
    super();
  }
}

/** Newest first, from the one before `before` on. */
export class ListHandOvers extends Query<readonly HandOverView[]> {
  constructor(readonly wanted: Wanted, readonly before: HandOverId | null) {
    super();
  }
}
