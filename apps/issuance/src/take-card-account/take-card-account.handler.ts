import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { insertCardAccount } from '../card-payment.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { TakeCardAccount } from './take-card-account.command.js';

@CommandHandler(TakeCardAccount)
export class TakeCardAccountHandler implements ICommandHandler<TakeCardAccount> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ custodyAccountId, eventId, meta }: TakeCardAccount): Promise<void> {
    await this.work.once(meta, (tx) => insertCardAccount(tx, custodyAccountId, eventId));
  }
}
