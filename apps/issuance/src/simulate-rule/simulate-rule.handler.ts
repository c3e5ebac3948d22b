import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, reject, type OrderId, type Rejected } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import {
  OPERATOR_ZONE, ORDER_TOTAL_MAX, SIMULATED_ORDERS_MAX, SIMULATED_ORDERS_SHOWN_MAX, SIMULATION_CHUNK_MAX,
} from '../limits.js';
import { currentRule } from '../programme.store.js';
import { decideRule } from '../publish-programme/publish-rule.decision.js';
import { OrderReplay, type OrderReplayReport } from './order-replay.decision.js';
import { orderedBefore, readPast } from './past-order.store.js';
import { SimulateRule } from './simulate-rule.query.js';

@QueryHandler(SimulateRule)
export class SimulateRuleHandler implements IQueryHandler<SimulateRule> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ programmeId, window, rule }: SimulateRule): Promise<OrderReplayReport | Rejected> {
    const { client: sql, settings: { clock } } = this.work;
    const known = await currentRule(sql, programmeId, clock.override());
    if (!known) return reject('programme_not_found');
    // What could not be published is not worth simulating. No money hangs on this day, so the clock of the process will do.
    const candidate = decideRule({ ...rule, kind: known.kind }, dayIn(OPERATOR_ZONE, clock.override() ?? new Date()));
    if (isRejected(candidate)) return candidate;

    const replay = new OrderReplay(candidate, {
      ordered: await orderedBefore(sql, programmeId, window.from), totalMax: ORDER_TOTAL_MAX, differencesMax: SIMULATED_ORDERS_SHOWN_MAX,
    });
    let after: OrderId | null = null;
    for (;;) {
      const chunk = await readPast(sql, { programmeId, window, after, rowsMax: SIMULATION_CHUNK_MAX });
      if (replay.count + chunk.length > SIMULATED_ORDERS_MAX) return reject('simulation_too_large', { ordersMax: SIMULATED_ORDERS_MAX });
      for (const order of chunk) replay.take(order);
      if (chunk.length < SIMULATION_CHUNK_MAX) return replay.report();
      after = chunk.at(-1)!.orderId;
    }
  }
}
