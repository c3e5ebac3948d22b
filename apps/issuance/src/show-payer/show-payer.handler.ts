import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, ZERO, type Rejected } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import { balancesOf } from '../activation.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { readOrders } from '../order.store.js';
import { listPayers } from '../payer.store.js';
import { readUses } from '../report-order/report.store.js';
import { standingOf } from './payer-standing.decision.js';
import { ordersOfPayer, programmeNames, refundedByProgramme } from './payer-standing.store.js';
import { ShowPayer, type PayerWithProgrammes } from './show-payer.query.js';

@QueryHandler(ShowPayer)
export class ShowPayerHandler implements IQueryHandler<ShowPayer> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ payerId }: ShowPayer): Promise<PayerWithProgrammes | Rejected> {
    const sql = this.work.client;
    const [payer] = await listPayers(sql, { after: null, rowsMax: 1, search: null, payerId });
    if (!payer) return reject('payer_not_found');
    const orderIds = await ordersOfPayer(sql, payerId);
    const [orders, uses] = [await readOrders(sql, orderIds), await readUses(sql, orderIds)];
    const refunded = await refundedByProgramme(sql, payerId);
    const standing = standingOf(payerId, orders.map((order) => ({ ...order, ...uses.get(order.orderId)! })));
    const names = await programmeNames(sql, [...standing.keys()], this.work.settings.clock.override());
    const programmes = await Promise.all([...standing].map(async ([programmeId, { orders: count, sums }]) => {
      const cover = await balancesOf(sql, new Map([[accounts.issuance.prefund(programmeId, payerId), payerId]]));
      return {
        programmeId, name: names.get(programmeId) ?? '', orders: count, ...sums,
        available: cover.get(payerId) ?? ZERO, refunded: refunded.get(programmeId) ?? ZERO,
      };
    }));
    return { ...payer, programmes };
  }
}
