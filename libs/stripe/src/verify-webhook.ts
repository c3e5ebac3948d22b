// A webhook is anybody's request until its signature says otherwise, so nothing of the body is read before that.
import { assert, reject, type Rejected } from '#libs/kernel';
import Stripe from 'stripe';
import { parseStripeEvent, type StripeEvent } from './stripe-event.js';

export type WebhookRefusal = Rejected<'signature_wrong' | 'signature_old' | 'body_malformed'>;
export type VerifiedWebhook = Readonly<{ kind: 'verified'; event: StripeEvent }>;

/** `t=…,v1=…`. On a part without a value the SDK throws an ordinary error, which a stranger could then cause at will. */
const WELL_FORMED = /^[^,=]+=[^,=]+(?:,[^,=]+=[^,=]+)*$/;

/**
 * `rawBody` is what came over the wire: a body that was parsed and printed again has another signature. Several
 * secrets, because the old and the new one are both in use while an endpoint's secret is rotated.
 */
export function verifyWebhook(
  rawBody: Buffer, signatureHeader: string | undefined, secrets: readonly string[], toleranceSeconds = 300, receivedAt = new Date(),
): VerifiedWebhook | WebhookRefusal {
  // The SDK takes a tolerance of 0 as "any age", and a blank secret is one that everybody knows.
  assert(Number.isInteger(toleranceSeconds) && toleranceSeconds > 0, 'the tolerance of a webhook is at least a second');
  assert(secrets.length > 0 && secrets.every((secret) => /^\S+$/.test(secret)), 'a webhook secret is missing or has blanks');

  if (!signatureHeader || !WELL_FORMED.test(signatureHeader)) return reject('signature_wrong');
  const signer = secrets.find((secret) => holds(rawBody, signatureHeader, secret, 0, receivedAt));
  if (signer === undefined) return reject('signature_wrong');
  if (!holds(rawBody, signatureHeader, signer, toleranceSeconds, receivedAt)) return reject('signature_old');
  const event = parseStripeEvent(jsonOf(rawBody));
  return event ? { kind: 'verified', event } : reject('body_malformed');
}

function holds(rawBody: Buffer, header: string, secret: string, toleranceSeconds: number, receivedAt: Date): boolean {
  const { signature } = Stripe.webhooks;
  assert(signature, 'the SDK comes with its check of signatures');
  try {
    return signature.verifyHeader(rawBody, header, secret, toleranceSeconds, undefined, receivedAt.getTime());
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
}
