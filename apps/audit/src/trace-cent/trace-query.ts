// With what one may begin to follow money, as it is asked for over HTTP: by one thing at a time.
import { z } from 'zod';
import { idIn } from '#libs/http';
import type { Id } from '#libs/kernel';
import type { Traced } from './trace-cent.query.js';

/** The largest batch has a million vouchers. */
const INDEX_MAX = 999_999;
const endToEndIn = z.string().regex(/^MR[0-9a-fA-F]{32}$/, 'expected MR and 32 hexadecimal digits')
  .transform((text) => text.slice(2).toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id<'payment'>);

export const beginnings = {
  bankLineId: idIn('bankLine').optional(), orderId: idIn('order').optional(),
  payerId: idIn('payer').optional().describe('with orderId: this payer\'s share of it'),
  batchId: idIn('batch').optional(), index: z.string().regex(/^\d{1,6}$/, `expected a number from 0 to ${INDEX_MAX}`).transform(Number).optional()
    .describe('with batchId: this voucher of it'),
  serial: z.string().min(1).max(80).optional().describe('as printed on the voucher, or on the cover of its booklet; no code'),
  redemptionId: idIn('redemption').optional(), claimLineId: idIn('claimLine').optional(), statementId: idIn('statement').optional(),
  paymentId: idIn('payment').optional(), endToEndId: endToEndIn.optional().describe('of a payment, as the bank tells it'),
  refundId: idIn('refund').optional(), allocationId: idIn('allocation').optional(), earlyPaymentId: idIn('earlyPayment').optional(),
  contradictoryStatementId: idIn('contradictoryStatement').optional(), invoiceId: idIn('invoice').optional().describe('to a payer'),
};
export const ONE_BEGINNING = { path: ['bankLineId'], message: 'expected exactly one thing to begin with' };

type Asked = Readonly<Partial<Record<
  'bankLineId' | 'orderId' | 'payerId' | 'batchId' | 'serial' | 'redemptionId' | 'claimLineId' | 'statementId' | 'paymentId' | 'endToEndId' | 'refundId'
  | 'allocationId' | 'earlyPaymentId' | 'contradictoryStatementId' | 'invoiceId',
  string | undefined>> & { index?: number | undefined }>;

/** All things that a query may begin with; it is sound when there is one. */
export function begunBy({ orderId, payerId, batchId, index, serial, endToEndId, ...asked }: Asked): Traced[] {
  const found: (Traced | undefined)[] = (['bankLine', 'redemption', 'claimLine', 'statement', 'payment', 'refund', 'allocation', 'earlyPayment', 'contradictoryStatement', 'invoice'] as const)
    .map((noun) => { const id = asked[`${noun}Id`]; return id === undefined ? undefined : { noun, id }; });
  if (orderId !== undefined) found.push(payerId === undefined ? { noun: 'order', id: orderId } : { noun: 'share', id: orderId, payerId });
  if (batchId !== undefined) found.push(index === undefined ? { noun: 'batch', id: batchId } : { noun: 'voucher', id: batchId, index });
  if (serial !== undefined) found.push({ noun: 'serial', serial });
  if (endToEndId !== undefined) found.push({ noun: 'payment', id: endToEndId });
  const isLoose = (payerId !== undefined && orderId === undefined) || (index !== undefined && batchId === undefined);
  return isLoose ? [] : found.filter((one) => one !== undefined);
}

