import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { KeepAlert, KeepAlertAnswer, KeepAlertAppeal } from './keep-alert.commands.js';
import { keepAlert, keepAlertAnswer, keepAlertAppeal } from './known-alert.store.js';

@CommandHandler(KeepAlert)
export class KeepAlertHandler implements ICommandHandler<KeepAlert> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, upheldBy, meta }: KeepAlert): Promise<void> {
    await this.work.once(meta, (tx) => keepAlert(tx, told, upheldBy));
  }
}

@CommandHandler(KeepAlertAppeal)
export class KeepAlertAppealHandler implements ICommandHandler<KeepAlertAppeal> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, meta }: KeepAlertAppeal): Promise<void> {
    await this.work.once(meta, (tx) => keepAlertAppeal(tx, told));
  }
}

@CommandHandler(KeepAlertAnswer)
export class KeepAlertAnswerHandler implements ICommandHandler<KeepAlertAnswer> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ told, meta }: KeepAlertAnswer): Promise<void> {
    await this.work.once(meta, (tx) => keepAlertAnswer(tx, told));
  }
}
