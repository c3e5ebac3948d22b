// Stripe as this service needs it: the port, whether money there is real, and who may send webhooks. Absent when no key is
// configured; then whatever needs it is refused.
import { isRejected, reject, type Rejected } from '#libs/kernel';
import type { CardProcessorSettings, ServiceSettings } from '#libs/service';
import { createStripe, StripeCardPayments, verifyWebhook, type CardPayments, type StripeEvent } from '#libs/stripe';

type WebhookRefusal = Rejected<'card_payments_off' | 'webhook_signature_wrong' | 'webhook_signature_old' | 'webhook_not_understood'>;

const WEBHOOK_REFUSALS = {
  body_malformed: 'webhook_not_understood', signature_wrong: 'webhook_signature_wrong', signature_old: 'webhook_signature_old',
} as const;

export type OpenProcessor = Readonly<{ payments: CardPayments; livemode: boolean; webhookSecrets: readonly string[] }>
  & Pick<CardProcessorSettings, 'sepaDebit'>;

export class CardProcessor {
  /** `returnUrl` is where a payer is sent after the payment page. */
  constructor(readonly open: OpenProcessor | undefined, readonly returnUrl: string) {}

  static of({ cardProcessor, baseUrl }: Pick<ServiceSettings, 'cardProcessor' | 'baseUrl'>): CardProcessor {
    if (!cardProcessor) return new CardProcessor(undefined, baseUrl);
    const { secretKey, apiBase, webhookSecrets, sepaDebit } = cardProcessor;
    const payments = new StripeCardPayments(createStripe({ secretKey, ...(apiBase && { apiBase }) }));
    const livemode = /_live_/.test(secretKey);
    return new CardProcessor({ payments, webhookSecrets, livemode, ...(sepaDebit && { sepaDebit }) }, baseUrl);
  }

  /** The event, if these bytes were signed by Stripe in the last minutes. */
  eventOf(rawBody: Buffer, signature: string | undefined): StripeEvent | WebhookRefusal {
    if (!this.open) return reject('card_payments_off');
    const outcome = verifyWebhook(rawBody, signature, this.open.webhookSecrets);
    if (!isRejected(outcome)) return outcome.event;
    return reject(WEBHOOK_REFUSALS[outcome.code]);
  }
}
