import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { KeepMeasure, KeepMeasureEnd } from './keep-measure.command.js';
import { keepMeasure, keepMeasureEnd } from './known-measure.store.js';

@CommandHandler(KeepMeasure)
export class KeepMeasureHandler implements ICommandHandler<KeepMeasure> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, meta }: KeepMeasure): Promise<void> {
    await this.work.once(meta, (tx) => keepMeasure(tx, told));
  }
}

@CommandHandler(KeepMeasureEnd)
export class KeepMeasureEndHandler implements ICommandHandler<KeepMeasureEnd> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, meta }: KeepMeasureEnd): Promise<void> {
    await this.work.once(meta, (tx) => keepMeasureEnd(tx, told));
  }
}
