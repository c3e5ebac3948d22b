import { Query } from '@nestjs/cqrs';
import type { LocalDate, PlaceId } from '#libs/kernel';
import type { ComparedService } from './price-comparison.decision.js';

export type Comparison = Readonly<{
  since: LocalDate; departement: string | null; services: readonly ComparedService[];
  /** Redeemed without a tariff, or without a service: nobody knows what they were worth. */
  unknownCount: number;
}>;

/** Undefined for a place that is not registered. */
export class ComparePrices extends Query<Comparison | undefined> {
  constructor(readonly placeId: PlaceId) {
    super();
  }
}
