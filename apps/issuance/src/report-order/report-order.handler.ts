import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import { readOrder } from '../order.store.js';
import { stateShare2020 } from '../propose-co-funding/co-funding.decision.js';
import { reportOrder } from './report-order.decision.js';
import { ReportOrder, type ShownReport } from './report-order.query.js';
import { handedOverByPublic, readUses } from './report.store.js';

@QueryHandler(ReportOrder)
export class ReportOrderHandler implements IQueryHandler<ReportOrder> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ wanted: { orderId, payerId, usedByPic } }: ReportOrder): Promise<ShownReport | Rejected> {
    const sql = this.work.client;
    const order = await readOrder(sql, orderId);
    if (!order || (payerId !== null && !order.shares.some((share) => share.payerId === payerId))) return reject('order_not_found');
    const report = reportOrder({ ...order, ...(await readUses(sql, [orderId])).get(orderId)! });
    const { used } = report.whole;
    if (usedByPic !== null && usedByPic > used) return reject('publics_outside_rule', { usedCents: Number(used) });
    const stateAtMost = usedByPic === null ? null : stateShare2020({ purchase: order.total, used, usedByPic });
    if (isRejected(stateAtMost)) return stateAtMost;
    return {
      ...report, reference: order.reference, handedOver: await handedOverByPublic(sql, orderId), stateAtMost,
      shares: report.shares.filter((share) => payerId === null || share.payerId === payerId),
    };
  }
}
