// The id that a payment carries to the payee's bank and back: made from the payment's id, so that the same payment
// never leaves under two names, and a line of the statement leads back to it without a table.
import { idOf } from '#libs/kernel';
import type { PaymentId } from '#libs/kernel';

export type EndToEndId = string & { readonly __id: 'end to end' };

/** `MR` and 32 hexadecimal digits: 34 of the 35 characters that SEPA carries. */
export const endToEndIdOf = (paymentId: PaymentId): EndToEndId => `MR${paymentId.replaceAll('-', '')}` as EndToEndId;

/** The payment of ours that an id on a statement names; undefined for others. Banks change the case of letters. */
export function paymentIdOf(endToEndId: string): PaymentId | undefined {
  const parts = /^MR([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i.exec(endToEndId.trim());
  return parts ? idOf('payment', parts.slice(1).join('-').toLowerCase()) : undefined;
}
