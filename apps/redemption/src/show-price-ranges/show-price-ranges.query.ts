import { Query } from '@nestjs/cqrs';
import type { Days, PriceRange } from './price-range.store.js';

/** What services cost, by département, of redemptions whose place had declared a tariff. */
export class ShowPriceRanges extends Query<readonly PriceRange[]> {
  constructor(readonly days: Days) {
    super();
  }
}
