import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import { lockOrder } from '../order.store.js';
import { invoiceOrder } from './bill-order.js';
import { InvoiceSeller } from './invoice-seller.js';
import { IssueInvoices, type IssuedDocuments } from './issue-invoices.command.js';

@CommandHandler(IssueInvoices)
export class IssueInvoicesHandler implements ICommandHandler<IssueInvoices> {
  constructor(private readonly work: IssuanceWork, private readonly seller: InvoiceSeller) {}

  execute({ orderId, meta }: IssueInvoices) {
    return this.work.once<IssuedDocuments | Rejected>(meta, async (tx) => {
      const order = await lockOrder(tx, orderId);
      if (!order) return reject('order_not_found');
      return order.isCancelled ? reject('order_cancelled') : invoiceOrder(tx, order, this.seller.known);
    });
  }
}
