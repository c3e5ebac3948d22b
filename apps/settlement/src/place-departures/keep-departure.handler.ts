import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { KeepDeparture, KeepDepartureEnd } from './keep-departure.command.js';
import { keepDeparture, keepDepartureEnd } from './known-departure.store.js';

@CommandHandler(KeepDeparture)
export class KeepDepartureHandler implements ICommandHandler<KeepDeparture> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, meta }: KeepDeparture): Promise<void> {
    await this.work.once(meta, (tx) => keepDeparture(tx, told));
  }
}

@CommandHandler(KeepDepartureEnd)
export class KeepDepartureEndHandler implements ICommandHandler<KeepDepartureEnd> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, meta }: KeepDepartureEnd): Promise<void> {
    await this.work.once(meta, (tx) => keepDepartureEnd(tx, told));
  }
}
