import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StripeAccountConnectedV1 } from '#libs/contracts';
import { reject, type Rejected } from '#libs/kernel';
import { ourBankAccounts } from '../bank-accounts/bank-account.store.js';
import { SettlementWork } from '../settlement.work.js';
import { StripeDesk } from '../stripe-desk.js';
import { ConnectStripe, type ConnectedStripe } from './connect-stripe.command.js';
import { insertStripeAccount } from './stripe-account.store.js';

@CommandHandler(ConnectStripe)
export class ConnectStripeHandler implements ICommandHandler<ConnectStripe> {
  constructor(private readonly work: SettlementWork, private readonly desk: StripeDesk) {}

  async execute({ bankAccountId, meta }: ConnectStripe): Promise<ConnectedStripe | Rejected> {
    if (!this.desk.open) return reject('card_payments_off');
    return this.work.once<ConnectedStripe | Rejected>(meta, async (tx) => {
      const isOurs = (await ourBankAccounts(tx.sql)).some(({ id }) => id === bankAccountId);
      if (!isOurs) return reject('bank_account_unknown');
      const eventId = await tx.emit(StripeAccountConnectedV1, { subject: `bankAccount:${bankAccountId}`, body: { custodyAccountId: bankAccountId } });
      return (await insertStripeAccount(tx, bankAccountId, eventId)) ? { bankAccountId } : reject('stripe_account_connected');
    });
  }
}
