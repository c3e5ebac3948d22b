// Stripe as the treasury needs it: its balance with us, whether money there is real, and who may send webhooks. Absent when
// no key is configured; then whatever needs it is refused.
import { isRejected, reject, type Rejected } from '#libs/kernel';
import type { ServiceSettings } from '#libs/service';
import { createStripe, StripeBalanceReader, verifyWebhook, type StripeBalance, type StripeEvent } from '#libs/stripe';

export type OpenDesk = Readonly<{ balance: StripeBalance; livemode: boolean; webhookSecrets: readonly string[] }>;
type WebhookRefusal = Rejected<'card_payments_off' | 'webhook_signature_wrong' | 'webhook_not_understood'>;

export class StripeDesk {
  constructor(readonly open: OpenDesk | undefined) {}

  static of({ cardProcessor }: Pick<ServiceSettings, 'cardProcessor'>): StripeDesk {
    if (!cardProcessor) return new StripeDesk(undefined);
    const { secretKey, apiBase, webhookSecrets } = cardProcessor;
    const balance = new StripeBalanceReader(createStripe({ secretKey, ...(apiBase && { apiBase }) }));
    return new StripeDesk({ balance, webhookSecrets, livemode: /_live_/.test(secretKey) });
  }

  /** The event, if these bytes were signed by Stripe in the last minutes. */
  eventOf(rawBody: Buffer, signature: string | undefined): StripeEvent | WebhookRefusal {
    if (!this.open) return reject('card_payments_off');
    const outcome = verifyWebhook(rawBody, signature, this.open.webhookSecrets);
    if (!isRejected(outcome)) return outcome.event;
    return reject(outcome.code === 'body_malformed' ? 'webhook_not_understood' : 'webhook_signature_wrong');
  }
}
