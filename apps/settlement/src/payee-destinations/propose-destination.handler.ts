import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { idOf, isRejected, reject, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { COOLING_OFF } from '../payee-bank-accounts/cooling-off.decision.js';
import { payeeState } from '../payee-bank-accounts/payee-bank-account.store.js';
import { tellBankChange } from '../payee-bank-accounts/tell-bank-change.js';
import { SettlementWork } from '../settlement.work.js';
import { StripeDesk } from '../stripe-desk.js';
import { decideDestination } from './destination.decision.js';
import { ProposeDestination, type DestinationVersion } from './payee-destination.commands.js';
import { holderOfDestination, insertDestination } from './payee-destination.store.js';

@CommandHandler(ProposeDestination)
export class ProposeDestinationHandler implements ICommandHandler<ProposeDestination> {
  constructor(
    private readonly work: SettlementWork, private readonly desk: StripeDesk, @Inject(COOLING_OFF) private readonly coolingOffHours: number,
  ) {}

  async execute({ request: { payeeId, stripeAccountId }, meta }: ProposeDestination): Promise<DestinationVersion | Rejected> {
    if (!this.desk.open) return reject('card_payments_off');
    const found = await this.desk.open.transfers.findDestination(stripeAccountId);
    return this.work.once<DestinationVersion | Rejected>(meta, async (tx) => {
      await lockByName(tx, `payee ${payeeId}`);
      const seen = isRejected(found) ? undefined : found;
      const decided = decideDestination({
        payeeId, payee: await payeeState(tx, payeeId), seen, holder: await holderOfDestination(tx, stripeAccountId),
      });
      if (isRejected(decided)) return decided;
      const destinationId = idOf('destination', tx.newId());
      const version = await insertDestination(tx, destinationId, payeeId, seen!);
      await tellBankChange(tx, {
        rail: 'stripe', step: 'proposed', version: { payeeId, version, account: stripeAccountId }, coolingOffHours: this.coolingOffHours,
      });
      return { destinationId, version };
    });
  }
}
