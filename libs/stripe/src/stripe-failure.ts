// What an error of Stripe means to us: a refusal is told to the person who asked, a fault stops the work.
import { reject, type Rejected } from '#libs/kernel';
import Stripe from 'stripe';
import { CardPaymentFault } from './card-payments.js';

export type StripeRefusal = Rejected<
  | 'card_declined' | 'amount_not_chargeable' | 'idempotency_key_reused' | 'payment_not_found' | 'payment_already_refunded'
  | 'payment_disputed' | 'refund_too_large'>;

/** Stripe's code -> ours. What is not here is a fault: an unknown no is not to be shown as an ordinary one. */
export type Codes<Code extends string> = Readonly<Record<string, Code>>;
const BY_CODE: Codes<StripeRefusal['code']> = {
  amount_too_small: 'amount_not_chargeable',
  amount_too_large: 'amount_not_chargeable',
  resource_missing: 'payment_not_found',
  charge_already_refunded: 'payment_already_refunded',
  charge_disputed: 'payment_disputed',
  refund_disputed_payment: 'payment_disputed',
};

/**
 * The answer of a call that can refuse in the ways `expected`; any other failure is thrown as a fault, so that a
 * missing session cannot pass for a refused refund. `byCode`: what Stripe's codes mean of this call.
 */
export async function refusing<T, Code extends string>(
  expected: readonly Code[], call: () => Promise<T>, byCode: Codes<string> = BY_CODE,
): Promise<T | Rejected<Code>> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const refusal = refusalOf(error, byCode);
    const code = expected.find((candidate) => candidate === refusal?.code);
    if (code === undefined) throw faultOf(error);
    return reject(code, refusal?.details);
  }
}

/** The answer of a call that has no ordinary no: every failure of Stripe is a fault. */
export async function orFault<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof Stripe.errors.StripeError ? faultOf(error) : error;
  }
}

export function refusalOf(error: Stripe.errors.StripeError, byCode: Codes<string> = BY_CODE): Rejected<string> | undefined {
  if (error.rawType === 'card_error') return reject('card_declined', { declineCode: error.decline_code || error.code || null });
  if (error.rawType === 'idempotency_error') return reject('idempotency_key_reused');
  if (error.rawType !== 'invalid_request_error') return undefined;
  // A refund beyond what is left comes without a code: only the parameter is named.
  if (error.code === undefined && error.param === 'amount') return reject('refund_too_large');
  const code = byCode[error.code ?? ''];
  return code === undefined ? undefined : reject(code);
}

export function faultOf(error: Stripe.errors.StripeError): CardPaymentFault {
  const { statusCode, code, requestId } = error;
  // No status: the request or the answer was lost on the way. 409: another request with this key is under way.
  const retryable = statusCode === undefined || statusCode === 409 || statusCode === 429 || statusCode >= 500;
  const what = statusCode === undefined ? 'could not be reached' : `answered ${statusCode}`;
  return new CardPaymentFault(`Stripe ${what} (${[error.type, code].filter(Boolean).join(', ')})`, retryable, requestId);
}
