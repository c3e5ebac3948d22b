import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PayeeValidatedV1 } from '#libs/contracts';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { COOLING_OFF } from '../payee-bank-accounts/cooling-off.decision.js';
import { placesOf } from '../payee-bank-accounts/payee-bank-account.store.js';
import { tellBankChange } from '../payee-bank-accounts/tell-bank-change.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { StripeDesk } from '../stripe-desk.js';
import { decideDestinationApproval } from './destination.decision.js';
import { ApproveDestination, type DestinationVersion } from './payee-destination.commands.js';
import {
  approveDestination, findDestination, holderOfDestination, latestDestination, lockDestination, type StoredDestination,
} from './payee-destination.store.js';

@CommandHandler(ApproveDestination)
export class ApproveDestinationHandler implements ICommandHandler<ApproveDestination> {
  constructor(
    private readonly work: SettlementWork, private readonly desk: StripeDesk, @Inject(COOLING_OFF) private readonly coolingOffHours: number,
  ) {}

  async execute({ destinationId, meta }: ApproveDestination): Promise<DestinationVersion | Rejected> {
    if (!this.desk.open) return reject('card_payments_off');
    const proposed = await findDestination(this.work.client, destinationId);
    if (!proposed) return reject('destination_unknown');
    // The account of a version never changes, so what Stripe says of it is of what is approved below.
    const found = await this.desk.open.transfers.findDestination(proposed.stripeAccountId);
    return this.work.once<DestinationVersion | Rejected>(meta, async (tx) => {
      const version = await lockDestination(tx, destinationId);
      // Two payees must not get the same account at once.
      await lockByName(tx, `destination ${proposed.stripeAccountId}`);
      const decided = decideDestinationApproval({
        version, checker: personOf(tx), latest: await latestDestination(tx, proposed.payeeId), seen: isRejected(found) ? undefined : found,
        holder: await holderOfDestination(tx, proposed.stripeAccountId),
      });
      if (isRejected(decided)) return decided;
      await approveDestination(tx, proposed);
      await announce(tx, proposed);
      await tellBankChange(tx, {
        rail: 'stripe', step: 'approved', version: { ...proposed, account: proposed.stripeAccountId }, coolingOffHours: this.coolingOffHours,
      });
      return { destinationId, version: proposed.version };
    });
  }
}

async function announce(tx: Tx, { payeeId, version }: StoredDestination): Promise<void> {
  const places = await placesOf(tx, payeeId);
  await tx.emitAll(PayeeValidatedV1, places.map((placeId) => ({
    subject: `payee:${payeeId}`, subjectVersion: version, body: { payeeId, placeId, bankVersion: version, rail: 'stripe' as const },
  })));
}
