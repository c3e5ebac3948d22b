import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { assert } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { insertReleaseMovement } from '../give-back-credit/release.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { insertMovement, insertStripeMovement, listRefunds } from './refund.store.js';
import { ListRefunds, NoteRefundMovement, NoteStripeRefund, type RefundView } from './refunds.commands.js';

@CommandHandler(NoteRefundMovement)
export class NoteRefundMovementHandler implements ICommandHandler<NoteRefundMovement> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ movement, meta }: NoteRefundMovement): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const known = await insertMovement(tx, movement) + await insertReleaseMovement(tx, movement);
      assert(known === movement.refundIds.length, `payment ${movement.paymentId} refunds what nobody ordered`);
      return null;
    });
  }
}

@CommandHandler(NoteStripeRefund)
export class NoteStripeRefundHandler implements ICommandHandler<NoteStripeRefund> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ movement, meta }: NoteStripeRefund): Promise<void> {
    await this.work.once(meta, (tx) => insertStripeMovement(tx, movement));
  }
}

@QueryHandler(ListRefunds)
export class ListRefundsHandler implements IQueryHandler<ListRefunds> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ page }: ListRefunds): Promise<readonly RefundView[]> {
    return readAs(this.work, page.payerId ?? OVERSEER, (sql) => listRefunds(sql, page));
  }
}
