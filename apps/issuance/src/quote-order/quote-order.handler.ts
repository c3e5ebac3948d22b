import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { addDays, dayIn, isRejected, toWire, type OrderId, type Rejected } from '#libs/kernel';
import { quoteDraft } from '../invoices/bill-order.js';
import { InvoiceSeller } from '../invoices/invoice-seller.js';
import { IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { decideChange } from '../order-draft.decision.js';
import { insertQuote, lockDraft, type NewQuote } from '../order-draft.store.js';
import { insertStep } from '../order-step.store.js';
import { priceOrder } from '../price-order.js';
import { quoteLines } from './quote-lines.decision.js';
import { QuoteOrder, type QuotedOrder } from './quote-order.command.js';

@CommandHandler(QuoteOrder)
export class QuoteOrderHandler implements ICommandHandler<QuoteOrder> {
  constructor(private readonly work: IssuanceWork, private readonly seller: InvoiceSeller) {}

  execute({ orderId, validDays, meta }: QuoteOrder) {
    return this.work.once<QuotedOrder | Rejected>(meta, async (tx) => {
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const draft = await lockDraft(tx, orderId, null);
      const refused = decideChange(draft, today);
      if (refused) return refused;
      const priced = await priceOrder(tx, draft!);
      if (isRejected(priced)) return priced;

      const { creditor: _, ...price } = priced;
      const quote: NewQuote = {
        ...price, lines: quoteLines(price), version: (draft!.quote?.version ?? 0) + 1, validUntil: addDays(today, validDays),
      };
      await insertQuote(tx, orderId, quote);
      await insertStep(tx, orderId, { step: 'quoted', quoteVersion: quote.version });
      const shares = quote.shares.map(({ payerId, amount }) => ({ payerId, amount, reference: null }));
      const documents = await quoteDraft(tx, { ...quote, orderId, reference: null, shares }, quote.validUntil, this.seller.known);
      if (isRejected(documents)) return documents;
      return quoted(orderId, quote);
    });
  }
}

const quoted = (orderId: OrderId, { version, validUntil, count, face, total, lines, shares }: NewQuote): QuotedOrder => ({
  orderId, version, validUntil, count, faceCents: toWire(face), amountCents: toWire(total), currency: 'EUR', lines,
  shares: shares.map(({ payerId, basisPoints, amount }) => ({ payerId, basisPoints, amountCents: toWire(amount) })),
});
