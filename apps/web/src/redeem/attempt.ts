// What the form at the counter says of one voucher, and what that asks of redemption.
import { z } from 'zod';
import { centsTyped } from '../format.js';
import { problemOf, type Problem } from '../services.js';
import { signedFields, type SignedFields } from '../till/signed-form.js';

export const RedeemForm = z.strictObject({
  key: z.uuid(), code: z.string().max(512), serviceDate: z.string().max(10), amount: z.string().max(20),
  service: z.string().max(40).default(''), ...signedFields,
});
export type Attempt = Readonly<{ key: string; code: string; serviceDate: string; amount: string; service: string }> & SignedFields;

/** A problem of our own where the amount cannot be read: nothing is asked then. */
export function bodyOf({ code, serviceDate, amount, service }: Attempt): object | Problem {
  const amountCents = amount.trim() === '' ? undefined : centsTyped(amount);
  if (amount.trim() !== '' && amountCents === undefined) return problemOf(400, 'amount_unreadable');
  return { code, serviceDate, ...(amountCents !== undefined && { amountCents }), ...(service !== '' && { service }) };
}

export const isProblem = (body: object): body is Problem => 'ok' in body;
