import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { KnowGivenBack, KnowStock } from './know-stock.command.js';
import { insertGivenBack, mergeStock } from './known-stock.store.js';

@CommandHandler(KnowStock)
export class KnowStockHandler implements ICommandHandler<KnowStock> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ news, meta }: KnowStock): Promise<void> {
    await this.work.once(meta, (tx) => mergeStock(tx, news));
  }
}

@CommandHandler(KnowGivenBack)
export class KnowGivenBackHandler implements ICommandHandler<KnowGivenBack> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ range, meta }: KnowGivenBack): Promise<void> {
    await this.work.once(meta, (tx) => insertGivenBack(tx, range));
  }
}
