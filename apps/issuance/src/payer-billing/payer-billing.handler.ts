import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type PayerId, type Rejected } from '#libs/kernel';
import { readAs } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { namedShare } from '../match-receipt/match-receipt.decision.js';
import { lockDraft } from '../order-draft.store.js';
import { lockOrder } from '../order.store.js';
import { countPayers } from '../payer.store.js';
import type { PayerBilling } from './billable-payer.decision.js';
import { GivePayerBilling, GiveShareReference, ShowPayerBilling, type Versioned } from './payer-billing.commands.js';
import { insertPayerBilling, insertShareReference, readPayerBilling } from './payer-billing.store.js';

@CommandHandler(GivePayerBilling)
export class GivePayerBillingHandler implements ICommandHandler<GivePayerBilling> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ payerId, billing, meta }: GivePayerBilling) {
    return this.work.once<Versioned | Rejected>(meta, async (tx) => {
      // Two at once would both call themselves the next version.
      await lockByName(tx, `billing of ${payerId}`);
      if ((await countPayers(tx.sql, [payerId])) === 0) return reject('payer_not_found');
      return { version: await insertPayerBilling(tx, payerId, billing) };
    });
  }
}

@CommandHandler(GiveShareReference)
export class GiveShareReferenceHandler implements ICommandHandler<GiveShareReference> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { orderId, payerId, caller, given }, meta }: GiveShareReference) {
    return this.work.once<Versioned | Rejected>(meta, async (tx) => {
      const shares = (await lockOrder(tx, orderId) ?? await lockDraft(tx, orderId, null))?.shares;
      if (!shares) return reject('order_not_found');
      const share = namedShare<Readonly<{ payerId: PayerId }>>(shares, caller ?? payerId);
      // An order of other payers is as unknown to a payer as one that does not exist.
      if ('kind' in share) return caller === null ? share : reject('order_not_found');
      return { version: await insertShareReference(tx, orderId, share.payerId, given) };
    });
  }
}

@QueryHandler(ShowPayerBilling)
export class ShowPayerBillingHandler implements IQueryHandler<ShowPayerBilling> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ payerId }: ShowPayerBilling): Promise<(PayerBilling & Versioned) | Rejected> {
    return (await readAs(this.work, payerId, (sql) => readPayerBilling(sql, payerId))) ?? reject('payer_not_found');
  }
}
