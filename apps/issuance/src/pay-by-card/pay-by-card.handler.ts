import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { assert, cents, idOf, isRejected, reject, toWire, type PayerId, type Rejected } from '#libs/kernel';
import { OVERSEER, readAs, type Tx } from '#libs/persistence';
import {
  cardCustodyAccount, countOpenedSince, insertCardPayment, listCardPayments, noteSession, openDebits, sessionOf, type CardSession,
  type ShownCardPayment,
} from '../card-payment.store.js';
import { CardProcessor, type OpenProcessor } from '../card-processor.js';
import { lockByName } from '../database.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { CARD_SESSION_MS, CARD_SESSIONS_MAX, SEPA_RETURN_MS } from '../limits.js';
import { lockOrder } from '../order.store.js';
import { ListCardPayments, OpenCardPayment, type AskedByCard, type CardRequest, type OpenedCardPayment } from './pay-by-card.command.js';
import { decideCardPayment, decideExposure, type Exposure } from './pay-by-card.decision.js';
import { customerOf, insertCustomer, payerName } from './stripe-customer.store.js';

/**
 * Three steps, each safe to repeat with the same key: the payment is asked for and committed; Stripe opens a page under
 * the payment's id, which gives one page however often it is asked; the page is noted before anybody is sent there. Once
 * noted it is never asked for again: after a day Stripe forgets the id, and would open a page that nobody knows.
 */
@CommandHandler(OpenCardPayment)
export class OpenCardPaymentHandler implements ICommandHandler<OpenCardPayment> {
  constructor(private readonly work: IssuanceWork, private readonly processor: CardProcessor) {}

  async execute({ request, meta }: OpenCardPayment): Promise<OpenedCardPayment | Rejected> {
    const { open } = this.processor;
    if (!open) return reject('card_payments_off');
    const asked = await this.work.once<AskedByCard | Rejected>(meta, (tx) => ask(tx, request, open.sepaDebit));
    if (isRejected(asked)) return asked;
    const { cardPaymentId, amountCents } = asked;
    const session = await sessionOf(this.work.client, cardPaymentId) ?? await this.openPage(open, asked);
    if (isRejected(session)) return session;
    return { cardPaymentId, sessionId: session.sessionId, url: session.url, amountCents, currency: 'EUR' };
  }

  private async openPage({ payments }: OpenProcessor, asked: AskedByCard): Promise<CardSession | Rejected> {
    const { cardPaymentId, orderId, reference, amountCents, method = 'card', payerId } = asked;
    const customerId = method === 'bank_transfer' && payerId ? await this.openCustomer(payments, payerId, cardPaymentId) : undefined;
    const opened = await payments.openCheckout({
      method, cardPaymentId, ...(customerId !== undefined && { customerId }), orderId, amountCents: cents(amountCents), currency: 'EUR',
      idempotencyKey: cardPaymentId, label: reference,
      successUrl: this.processor.returnUrl, cancelUrl: this.processor.returnUrl,
    });
    if (isRejected(opened)) {
      assert(opened.code === 'amount_not_chargeable', `a page for a card payment was refused: ${opened.code}`);
      return reject('card_amount_not_chargeable', { amountCents });
    }
    await this.work.once({ kind: 'process', name: 'pay-by-card', correlationId: `cardPayment:${cardPaymentId}` },
      (tx) => noteSession(tx, cardPaymentId, opened));
    return opened;
  }

  /**
   * One customer per payer, the one noted first: of two that ask at once, the other's is forgotten before anybody is sent to
   * it. The key is the payment's, because Stripe would keep a failure under a key of the payer's for a day.
   */
  private async openCustomer(payments: OpenProcessor['payments'], payerId: PayerId, cardPaymentId: string): Promise<string> {
    const known = await customerOf(this.work.client, payerId);
    if (known !== undefined) return known;
    const name = await payerName(this.work.client, payerId);
    const customerId = await payments.openCustomer({ payerId, name, idempotencyKey: `customer:${cardPaymentId}` });
    await this.work.once({ kind: 'process', name: 'pay-by-card', correlationId: `payer:${payerId}` }, (tx) => insertCustomer(tx, payerId, customerId));
    return (await customerOf(this.work.client, payerId))!;
  }
}

async function ask(
  tx: Tx, { orderId, payerId, caller, method }: CardRequest, sepaDebit: OpenProcessor['sepaDebit'],
): Promise<AskedByCard | Rejected> {
  const order = await lockOrder(tx, orderId);
  const share = decideCardPayment(order, { caller, payerId, cardAccount: await cardCustodyAccount(tx.sql) });
  if ('kind' in share) return share;
  const opened = await countOpenedSince(tx, orderId, share.payerId, new Date(tx.now.getTime() - CARD_SESSION_MS));
  if (opened >= CARD_SESSIONS_MAX) return reject('card_payments_too_many', { sessionsMax: CARD_SESSIONS_MAX });
  const tooMuch = method === 'sepa_debit' && decideExposure(share.due, await exposureOf(tx, share.payerId, sepaDebit));
  if (tooMuch) return tooMuch;
  const cardPaymentId = idOf('cardPayment', tx.newId());
  await insertCardPayment(tx, { cardPaymentId, orderId, payerId: share.payerId, amount: share.due }, method, actorOf(tx));
  return { cardPaymentId, orderId, reference: share.reference, amountCents: toWire(share.due), method, payerId: share.payerId };
}

async function exposureOf(tx: Tx, payerId: PayerId, sepaDebit: OpenProcessor['sepaDebit']): Promise<Exposure | undefined> {
  if (!sepaDebit) return undefined;
  // Two debits at once, of whichever orders, would both find the other's room.
  await lockByName(tx, 'direct debits');
  const now = tx.now.getTime();
  const open = await openDebits(tx, payerId, { openedAfter: new Date(now - CARD_SESSION_MS), bookedAfter: new Date(now - SEPA_RETURN_MS) });
  return { limit: cents(sepaDebit.exposureCents), limitPerPayer: cents(sepaDebit.exposurePerPayerCents), ...open };
}

@QueryHandler(ListCardPayments)
export class ListCardPaymentsHandler implements IQueryHandler<ListCardPayments> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ filter }: ListCardPayments): Promise<readonly ShownCardPayment[]> {
    return readAs(this.work, filter.payerId ?? OVERSEER, (sql) => listCardPayments(sql, filter));
  }
}
