import { Command } from '@nestjs/cqrs';
import type { Meta } from '#libs/persistence';
import type { GivenBack, StockNews } from './known-stock.store.js';

/** Something became known of a range that a distributor received or handed over. */
export class KnowStock extends Command<void> {
  constructor(readonly news: StockNews, readonly meta: Meta) {
    super();
  }
}

/** Vouchers came back to the operator. */
export class KnowGivenBack extends Command<void> {
  constructor(readonly range: GivenBack, readonly meta: Meta) {
    super();
  }
}
