import type { BodyOf, PaymentSucceededV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

/** No `on conflict`: a payment that comes a second time under another event is a fault that somebody must see. */
export async function insertStripeCharge(tx: Tx, fact: BodyOf<typeof PaymentSucceededV1>, eventId: string): Promise<void> {
  const { stripeObjectId, cardPaymentId, orderId, payerId, amountCents, currency, custodyAccountId } = fact;
  await tx.sql.$executeRaw`
    insert into settlement.stripe_charge (payment_id, card_payment_id, order_id, payer_id, amount, currency, bank_account_id, event_id, taken_at)
    values (${stripeObjectId}, ${cardPaymentId}::uuid, ${orderId}::uuid, ${payerId}::uuid, ${amountCents}, ${currency},
      ${custodyAccountId}::uuid, ${eventId}::uuid, ${tx.now})`;
}
