import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, type Rejected } from '#libs/kernel';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { lockOrder } from '../order.store.js';
import { AgreeToExtension, ProposeExtension, type Agreement, type ProposedExtension } from './extend-order.command.js';
import { decideAgreement, decideProposal } from './extend-order.decision.js';
import { extendOrder } from './extend-order.js';
import { insertAgreement, insertProposal, orderOfProposal, readProposal } from './order-extension.store.js';

@CommandHandler(ProposeExtension)
export class ProposeExtensionHandler implements ICommandHandler<ProposeExtension> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ orderId, dates, meta }: ProposeExtension) {
    return this.work.once<ProposedExtension | Rejected>(meta, async (tx) => {
      const refused = decideProposal(await lockOrder(tx, orderId), dates, dayIn(OPERATOR_ZONE, tx.now));
      if (refused) return refused;
      const extensionId = tx.newId();
      await insertProposal(tx, { extensionId, orderId, statementId: null, ...dates }, actorOf(tx));
      return { extensionId, orderId, ...dates };
    });
  }
}

@CommandHandler(AgreeToExtension)
export class AgreeToExtensionHandler implements ICommandHandler<AgreeToExtension> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ extensionId, payerId, meta }: AgreeToExtension) {
    return this.work.once<Agreement | Rejected>(meta, async (tx) => {
      const orderId = await orderOfProposal(tx.sql, extensionId);
      // The last two payers at once queue here: the second is then the last, and puts it in force.
      const order = orderId && await lockOrder(tx, orderId);
      const found = order && await readProposal(tx, extensionId);
      const proposal = found && { ...found, dates: { usableUntil: found.usableUntil, claimableUntil: found.claimableUntil } };
      const decided = decideAgreement(order || undefined, proposal || undefined, { payerId, today: dayIn(OPERATOR_ZONE, tx.now) });
      if (isRejected(decided)) return decided;
      await insertAgreement(tx, extensionId, payerId, actorOf(tx));
      if (decided.last) {
        await extendOrder(tx, { extensionId, orderId: orderId!, statementId: null, ...proposal!.dates }, order!.custodyAccountId);
      }
      return { extensionId, agreements: decided.agreements, agreementsNeeded: decided.agreementsNeeded, inForce: decided.last };
    });
  }
}
