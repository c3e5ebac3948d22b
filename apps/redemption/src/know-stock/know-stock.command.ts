import { Command } from '@nestjs/cqrs';
import type { Meta } from '#libs/persistence';
import type { StockNews } from './known-stock.store.js';

/** Something became known of a range that a distributor received or handed over. */
export class KnowStock extends Command<void> {
  constructor(readonly news: StockNews, readonly meta: Meta) {
    super();
  }
}
