// Stripe as the treasury needs it: its balance with us, whether money there is real, and who may send webhooks. Absent when
// no key is configured; then whatever needs it is refused.
import { isRejected, reject, type Rejected } from '#libs/kernel';
import type { ServiceSettings } from '#libs/service';
import {
  createStripe, StripeBalanceReader, StripeCardPayments, StripeConnect, verifyWebhook, type CardPayments, type StripeBalance,
  type StripeEvent, type StripeTransfers,
} from '#libs/stripe';

export type OpenDesk = Readonly<{
  balance: StripeBalance; payments: Pick<CardPayments, 'refund' | 'findRefund'>; transfers: StripeTransfers; livemode: boolean;
  webhookSecrets: readonly string[];
}>;
type WebhookRefusal = Rejected<'card_payments_off' | 'webhook_signature_wrong' | 'webhook_signature_old' | 'webhook_not_understood'>;

const WEBHOOK_REFUSALS = {
  body_malformed: 'webhook_not_understood', signature_wrong: 'webhook_signature_wrong', signature_old: 'webhook_signature_old',
} as const;

export class StripeDesk {
  constructor(readonly open: OpenDesk | undefined) {}

  static of({ cardProcessor }: Pick<ServiceSettings, 'cardProcessor'>): StripeDesk {
    if (!cardProcessor) return new StripeDesk(undefined);
    const { secretKey, apiBase, webhookSecrets } = cardProcessor;
    const client = createStripe({ secretKey, ...(apiBase && { apiBase }) });
    const [balance, payments, transfers] = [new StripeBalanceReader(client), new StripeCardPayments(client), new StripeConnect(client)];
    return new StripeDesk({ balance, payments, transfers, webhookSecrets, livemode: /_live_/.test(secretKey) });
  }

  /** The event, if these bytes were signed by Stripe in the last minutes. */
  eventOf(rawBody: Buffer, signature: string | undefined): StripeEvent | WebhookRefusal {
    if (!this.open) return reject('card_payments_off');
    const outcome = verifyWebhook(rawBody, signature, this.open.webhookSecrets);
    if (!isRejected(outcome)) return outcome.event;
    return reject(WEBHOOK_REFUSALS[outcome.code]);
  }
}
