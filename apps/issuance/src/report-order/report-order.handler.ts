import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { IssuanceWork } from '../issuance.work.js';
import type { Order } from '../order.store.js';
import { stateShare2020 } from '../propose-co-funding/co-funding.decision.js';
import { withReadableOrder } from '../readable-order.js';
import { reportOrder } from './report-order.decision.js';
import { ReportOrder, type ReportWanted, type ShownReport } from './report-order.query.js';
import { handedOverByPublic, readUses } from './report.store.js';

@QueryHandler(ReportOrder)
export class ReportOrderHandler implements IQueryHandler<ReportOrder> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ wanted }: ReportOrder): Promise<ShownReport | Rejected> {
    return await withReadableOrder(this.work, wanted, (sql, order) => reportOf(sql, order, wanted)) ?? reject('order_not_found');
  }
}

async function reportOf(sql: Sql, order: Order, { orderId, payerId, usedByPic }: ReportWanted): Promise<ShownReport | Rejected> {
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
