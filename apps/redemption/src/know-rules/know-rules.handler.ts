import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RedemptionWork } from '../redemption.work.js';
import { KnowFeeRule, KnowProgramme } from './know-rules.command.js';
import { keepFeeRule, keepProgramme, keepProgrammeRule } from './known-rules.store.js';

@CommandHandler(KnowProgramme)
export class KnowProgrammeHandler implements ICommandHandler<KnowProgramme> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ programme, meta }: KnowProgramme): Promise<void> {
    await this.work.once(meta, async (tx) => {
      await keepProgramme(tx, programme);
      await keepProgrammeRule(tx, programme);
    });
  }
}

@CommandHandler(KnowFeeRule)
export class KnowFeeRuleHandler implements ICommandHandler<KnowFeeRule> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ rule, meta }: KnowFeeRule): Promise<void> {
    await this.work.once(meta, (tx) => keepFeeRule(tx, rule));
  }
}
