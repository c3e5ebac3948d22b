import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IssuanceWork } from '../issuance.work.js';
import { insertMovement, insertStripeMovement, listRefunds } from './refund.store.js';
import { ListRefunds, NoteRefundMovement, NoteStripeRefund, type RefundView } from './refunds.commands.js';

@CommandHandler(NoteRefundMovement)
export class NoteRefundMovementHandler implements ICommandHandler<NoteRefundMovement> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ movement, meta }: NoteRefundMovement): Promise<void> {
    await this.work.once(meta, (tx) => insertMovement(tx, movement));
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
    return listRefunds(this.work.client, page);
  }
}
