import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { IssuanceWork } from '../issuance.work.js';
import { lockOrder } from '../order.store.js';
import { CreditInvoice, type IssuedCreditNote } from './credit-invoice.command.js';
import { creditInvoice } from './credit-order.js';
import { liveInvoice, orderOfInvoice } from './invoice.store.js';

@CommandHandler(CreditInvoice)
export class CreditInvoiceHandler implements ICommandHandler<CreditInvoice> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request: { invoiceId, ...asked }, meta }: CreditInvoice) {
    return this.work.once<IssuedCreditNote | Rejected>(meta, async (tx) => {
      const orderId = await orderOfInvoice(tx.sql, invoiceId);
      if (!orderId) return reject('invoice_not_found');
      // Payments of the order wait: whether the fee is paid decides where it goes back to.
      const order = await lockOrder(tx, orderId);
      // Quotes come of drafts, which are no orders.
      if (!order) return reject('invoice_not_creditable');
      return creditInvoice(tx, order, await liveInvoice(tx, invoiceId), asked);
    });
  }
}
