import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { BankCreditReleasedV1 } from '#libs/contracts';
import { idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { openReceipt } from '../receipt.store.js';
import { GiveBackCredit, ListReleases, type GivenBack, type ReleaseView } from './give-back-credit.command.js';
import { decideGiveBack } from './give-back-credit.decision.js';
import { insertRelease, listReleases } from './release.store.js';

@CommandHandler(GiveBackCredit)
export class GiveBackCreditHandler implements ICommandHandler<GiveBackCredit> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { bankLineId, reason }, meta }: GiveBackCredit) {
    return this.work.once<GivenBack | Rejected>(meta, async (tx) => {
      // As a match by hand does: what one of the two leaves, the other finds.
      await lockByName(tx, `receipt:${bankLineId}`);
      const credit = await openReceipt(tx, bankLineId);
      const release = decideGiveBack(credit);
      if (isRejected(release)) return release;

      const releaseId = idOf('refund', tx.newId());
      const amountCents = toWire(release.amount);
      const eventId = await tx.emit(BankCreditReleasedV1, {
        subject: `bankLine:${bankLineId}`, posting: release.posting,
        body: { releaseId, bankLineId, custodyAccountId: credit!.custodyAccountId, amountCents, currency: 'EUR', reason },
      });
      await insertRelease(tx, { releaseId, bankLineId, amount: release.amount, reason, eventId }, actorOf(tx));
      return { releaseId, bankLineId, amountCents, currency: 'EUR' };
    });
  }
}

@QueryHandler(ListReleases)
export class ListReleasesHandler implements IQueryHandler<ListReleases> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ page }: ListReleases): Promise<readonly ReleaseView[]> {
    return listReleases(this.work.client, page);
  }
}
