import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { readPriceRanges, type PriceRange } from './price-range.store.js';
import { ShowPriceRanges } from './show-price-ranges.query.js';

@QueryHandler(ShowPriceRanges)
export class ShowPriceRangesHandler implements IQueryHandler<ShowPriceRanges> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ days }: ShowPriceRanges): Promise<readonly PriceRange[]> {
    return readPriceRanges(this.work.client, days);
  }
}
