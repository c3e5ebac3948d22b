import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { SIMULATED_REDEMPTIONS_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { isProgrammeKnown, readPast } from './past-redemption.store.js';
import { Replay, type ReplayReport } from './replay.decision.js';
import { SimulateRule } from './simulate-rule.query.js';

@QueryHandler(SimulateRule)
export class SimulateRuleHandler implements IQueryHandler<SimulateRule> {
  constructor(private readonly work: RedemptionWork) {}

  /** Chunk by chunk: memory stays that of one, and tills of this process get their turn between two. */
  async execute({ programmeId, window, rule }: SimulateRule): Promise<ReplayReport | Rejected> {
    const sql = this.work.client;
    if (!(await isProgrammeKnown(sql, programmeId))) return reject('programme_not_found');
    const replay = new Replay(rule);
    let isTooLarge = false;
    await readPast(sql, { programmeId, window }, (chunk) => {
      isTooLarge = replay.count + chunk.length > SIMULATED_REDEMPTIONS_MAX;
      if (!isTooLarge) for (const past of chunk) replay.take(past);
      return !isTooLarge;
    });
    return isTooLarge ? reject('simulation_too_large', { redemptionsMax: SIMULATED_REDEMPTIONS_MAX }) : replay.report();
  }
}
