import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayIn, isRejected, type LocalDate, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { acceptOrder } from '../accepted-order.js';
import { invoiceOrder } from '../invoices/bill-order.js';
import { InvoiceSeller } from '../invoices/invoice-seller.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { decideAnswer, type QuoteAnswer } from '../order-draft.decision.js';
import { lockDraft, type Draft } from '../order-draft.store.js';
import { insertStep } from '../order-step.store.js';
import { lockOrder } from '../order.store.js';
import { roomLeft } from '../price-order.js';
import { lastUseDay } from '../programme.store.js';
import { AnswerQuote, type AnsweredQuote } from './answer-quote.command.js';

@CommandHandler(AnswerQuote)
export class AnswerQuoteHandler implements ICommandHandler<AnswerQuote> {
  constructor(private readonly work: IssuanceWork, private readonly seller: InvoiceSeller) {}

  execute({ given, meta }: AnswerQuote) {
    return this.work.once<AnsweredQuote | Rejected>(meta, async (tx) => {
      const { orderId, version, payerId, answer, reason } = given;
      const draft = await lockDraft(tx, orderId, payerId);
      const today = dayIn(OPERATOR_ZONE, tx.now);
      const decided = decideAnswer(draft, { version, payerId, answer, today, ...(await rulesOf(tx, draft, today)) });
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

/** The last day of use is of the version that was quoted, the limit of now. Without a quote the decision looks at neither. */
async function rulesOf(tx: Tx, draft: Draft | undefined, today: LocalDate): Promise<Pick<QuoteAnswer, 'usableUntil' | 'room'>> {
  if (!draft?.quote) return { usableUntil: today, room: null };
  return { usableUntil: await lastUseDay(tx.sql, draft.quote), room: await roomLeft(tx, draft.quote.programmeId) };
}
