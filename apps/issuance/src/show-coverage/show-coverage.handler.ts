import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { plus, reject, ZERO, type Cents, type PayerId, type Rejected } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import { balancesOf } from '../activation.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { sharesBetween } from '../order-share.decision.js';
import { currentRule } from '../programme.store.js';
import { activatedByPayer, unpaidOrders, type UnpaidOrder } from './coverage.store.js';
import { ShowCoverage, type PayerCoverage } from './show-coverage.query.js';

@QueryHandler(ShowCoverage)
export class ShowCoverageHandler implements IQueryHandler<ShowCoverage> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ programmeId, payerId }: ShowCoverage): Promise<readonly PayerCoverage[] | Rejected> {
    const sql = this.work.client;
    if (!(await currentRule(sql, programmeId))) return reject('programme_not_found');
    const payers = (await activatedByPayer(sql, programmeId)).filter((payer) => payerId === null || payer.payerId === payerId);
    const accountOf = new Map(payers.map((payer) => [accounts.issuance.prefund(programmeId, payer.payerId), payer.payerId]));
    const balances = await balancesOf(sql, accountOf);
    const announced = announcedByPayer(await unpaidOrders(sql, programmeId));
    return payers.map((payer) => ({
      ...payer, available: balances.get(payer.payerId) ?? ZERO, announced: announced.get(payer.payerId) ?? ZERO,
    }));
  }
}

function announcedByPayer(orders: readonly UnpaidOrder[]): ReadonlyMap<PayerId, Cents> {
  const announced = new Map<PayerId, Cents>();
  for (const { payerId, amount } of orders.flatMap((order) => sharesBetween(order, order.funded, order.total))) {
    announced.set(payerId, plus(announced.get(payerId) ?? ZERO, amount));
  }
  return announced;
}
