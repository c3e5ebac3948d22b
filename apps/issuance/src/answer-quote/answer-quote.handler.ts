import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, type LocalDate, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { acceptOrder } from '../accepted-order.js';
import { invoiceOrder } from '../invoices/bill-order.js';
import { InvoiceSeller } from '../invoices/invoice-seller.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { decideAnswer } from '../order-draft.decision.js';
import { lockDraft, type Draft } from '../order-draft.store.js';
import { insertStep } from '../order-step.store.js';
import { lockOrder } from '../order.store.js';
import { lastUseDay } from '../programme.store.js';
import { AnswerQuote, type AnsweredQuote } from './answer-quote.command.js';

@CommandHandler(AnswerQuote)
export class AnswerQuoteHandler implements ICommandHandler<AnswerQuote> {
  constructor(private readonly work: IssuanceWork, private readonly seller: InvoiceSeller) {}

  execute({ given, meta }: AnswerQuote) {
    return this.work.once<AnsweredQuote | Rejected>(meta, async (tx) => {
      const { orderId, version, payerId, answer, reason } = given;
      const draft = await lockDraft(tx, orderId, payerId);
      const [today, usableUntil] = [dayIn(OPERATOR_ZONE, tx.now), await usableUntilOf(tx, draft)];
      const decided = decideAnswer(draft, { version, payerId, answer, today, usableUntil });
      if (isRejected(decided)) return decided;

      const step = answer === 'accepted' ? 'quote_accepted' : 'quote_refused';
      await insertStep(tx, orderId, { step, quoteVersion: version, payerId, ...(reason !== null && { reason }) });
      if (!decided.complete) return { orderId, version, answer, reference: null };
      const order = await acceptOrder(tx, { ...draft!.quote!, orderId }, actorOf(tx));
      // What is accepted is invoiced: one without the other does not exist.
      const invoices = await invoiceOrder(tx, (await lockOrder(tx, orderId))!, this.seller.known);
      if (isRejected(invoices)) return invoices;
      return { orderId, version, answer, reference: order.reference };
    });
  }
}

/** By the version of the rules that was quoted; without a quote the decision refuses before it looks. */
const usableUntilOf = async (tx: Tx, draft: Draft | undefined): Promise<LocalDate> =>
  (draft?.quote ? lastUseDay(tx.sql, draft.quote) : dayIn(OPERATOR_ZONE, tx.now));
