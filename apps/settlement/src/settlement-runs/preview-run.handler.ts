import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { sum } from '#libs/kernel';
import { SettlementWork } from '../settlement.work.js';
import { leftOutOf } from './left-out.store.js';
import { PreviewRun, type RunPreview } from './preview-run.query.js';
import { BREAKER_RULES, decideBreakers, type BreakerLimits } from './run-breakers.decision.js';
import { runFigures } from './run-figures.store.js';

@QueryHandler(PreviewRun)
export class PreviewRunHandler implements IQueryHandler<PreviewRun> {
  constructor(private readonly work: SettlementWork, @Inject(BREAKER_RULES) private readonly limits: BreakerLimits) {}

  async execute({ runId }: PreviewRun): Promise<RunPreview | undefined> {
    const sql = this.work.client;
    const figures = await runFigures(sql, runId, this.work.settings.clock.override());
    const { payments, earlier } = figures;
    if (payments.length === 0) return undefined;
    return {
      payments, leftOut: await leftOutOf(sql, runId), total: sum(payments.map(({ amount }) => amount)),
      lastTotal: earlier.find(({ releasedAt }) => releasedAt !== null)?.amount ?? null,
      breakers: decideBreakers(figures, this.limits),
    };
  }
}
