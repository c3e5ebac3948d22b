// The one place that makes a Stripe client. The same client speaks to api.stripe.com and to a local stand-in: only the
// base address differs, so what is tried against the fake is the code that runs.
import Stripe from 'stripe';

/** Pinned: an answer changes its shape when somebody reads a changelog here, never when Stripe publishes one. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

export type StripeSettings = Readonly<{
  secretKey: string;
  /** Default: Stripe itself. `http` is for a local stand-in only. */
  apiBase?: string;
  /** The SDK repeats with the same idempotency key; one dropped connection it repeats even at 0. */
  maxNetworkRetries?: number;
  timeoutMs?: number;
}>;

/** The settings do not make sense, or would send a live key to somebody who is not Stripe. Never shows the key. */
export class StripeSettingsFault extends Error {
  override name = 'StripeSettingsFault';
}

export type StripeClient = Stripe;

export function createStripe({ secretKey, apiBase, maxNetworkRetries = 2, timeoutMs = 10_000 }: StripeSettings): StripeClient {
  if (!/^(sk|rk)_(test|live)_\S+$/.test(secretKey)) {
    throw new StripeSettingsFault('The secret key of Stripe starts with sk_test_, sk_live_, rk_test_ or rk_live_.');
  }
  return new Stripe(secretKey, {
    ...(apiBase === undefined ? {} : addressOf(apiBase, secretKey)),
    apiVersion: STRIPE_API_VERSION,
    maxNetworkRetries,
    timeout: timeoutMs,
    telemetry: false,
  });
}

function addressOf(apiBase: string, secretKey: string) {
  const url = URL.canParse(apiBase) ? new URL(apiBase) : undefined;
  const protocol = url?.protocol === 'http:' ? 'http' as const : url?.protocol === 'https:' ? 'https' as const : undefined;
  if (!url || !protocol || url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new StripeSettingsFault('The base address of Stripe is http(s)://host:port, without a path.');
  }
  if (/^(sk|rk)_live_/.test(secretKey) && (protocol !== 'https' || url.host !== 'api.stripe.com')) {
    throw new StripeSettingsFault('A live key goes to https://api.stripe.com and nowhere else.');
  }
  return { host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443'), protocol };
}
