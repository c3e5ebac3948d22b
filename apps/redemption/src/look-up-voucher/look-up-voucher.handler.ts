import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { findVoucher } from './found-voucher.store.js';
import { decideLookUp } from './look-up-voucher.decision.js';
import { LookUpVoucher } from './look-up-voucher.query.js';

@QueryHandler(LookUpVoucher)
export class LookUpVoucherHandler implements IQueryHandler<LookUpVoucher> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ codeMacs }: LookUpVoucher) {
    const found = await findVoucher(this.work.client, codeMacs, this.work.settings.clock.override() ?? null);
    return decideLookUp(found?.voucher);
  }
}
