import Stripe from 'stripe';
import type { FakeEvent } from './fake-objects.js';

/** `types` are beginnings of event types (`payout.`): an endpoint is told of what it asked for; of all without it. */
export type WebhookTarget = Readonly<{ url: string; secret: string; types?: readonly string[] }>;
/** Stripe promises neither once nor in order: `copies` sends each event so often, `reversed` the latest first. */
export type Delivery = Readonly<{ copies?: number; reversed?: boolean }>;
export type Delivered = Readonly<{ id: string; type: string; status: number }>;

export async function deliver(events: readonly FakeEvent[], target: WebhookTarget, how: Delivery = {}): Promise<Delivered[]> {
  const delivered: Delivered[] = [];
  const wanted = events.filter(({ type }) => target.types?.some((beginning) => type.startsWith(beginning)) ?? true);
  for (const event of how.reversed ? [...wanted].reverse() : wanted) {
    for (let copy = 0; copy < (how.copies ?? 1); copy += 1) {
      delivered.push({ id: event.id, type: event.type, status: await post(event, target) });
    }
  }
  return delivered;
}

/** The status, or 0 when nobody answered. */
async function post(event: FakeEvent, { url, secret }: WebhookTarget): Promise<number> {
  const payload = JSON.stringify(event, null, 2);
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature };
  try {
    const answer = await fetch(url, { method: 'POST', body: payload, headers, signal: AbortSignal.timeout(10_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
