import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sum } from '#libs/kernel';
import { BREAKER_LIMITS } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { leftOutOf } from './left-out.store.js';
import { PreviewRun, type RunPreview } from './preview-run.query.js';
import { decideBreakers } from './run-breakers.decision.js';
import { earlierTotals, paymentFigures } from './run-figures.store.js';

@QueryHandler(PreviewRun)
export class PreviewRunHandler implements IQueryHandler<PreviewRun> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ runId }: PreviewRun): Promise<RunPreview | undefined> {
    const sql = this.work.client;
    const payments = await paymentFigures(sql, runId);
    if (payments.length === 0) return undefined;
    const earlier = await earlierTotals(sql, runId);
    return {
      payments, leftOut: await leftOutOf(sql, runId), total: sum(payments.map(({ amount }) => amount)), lastTotal: earlier[0] ?? null,
      breakers: decideBreakers({ payments, earlierTotals: earlier }, BREAKER_LIMITS),
    };
  }
}
