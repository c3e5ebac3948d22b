import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { findVoucher } from '../look-up-voucher/found-voucher.store.js';
import { decideLookUp } from '../look-up-voucher/look-up-voucher.decision.js';
import { RedemptionWork } from '../redemption.work.js';
import { findLastUse } from './last-use.store.js';
import { decideReceipt } from './show-receipt.decision.js';
import { ShowReceipt } from './show-receipt.query.js';

@QueryHandler(ShowReceipt)
export class ShowReceiptHandler implements IQueryHandler<ShowReceipt> {
  constructor(private readonly work: RedemptionWork) {}

  /** Both are asked whatever the first finds: how long an answer takes tells nobody which codes exist. */
  async execute({ codeMacs }: ShowReceipt) {
    const { client, settings: { clock } } = this.work;
    const [found, use] = await Promise.all([findVoucher(client, codeMacs, clock.override() ?? null), findLastUse(client, codeMacs)]);
    return decideReceipt(decideLookUp(found?.voucher), use);
  }
}
