// One payer with its latest orders, documents and refunds; each part is asked at once and may be missing alone.
import { z } from 'zod';
import type { Ask } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { invoiceShape, type Invoice } from '../orders/order.data.js';
import type { Read } from '../services.js';
import { payerShape } from './payers.list.js';

/** The latest of each; the rest is behind the link to the list. */
export const LATEST_MAX = 5;

const standing = z.object({
  programmeId: z.string(), name: z.string(), orders: z.int(), orderedCents: z.int(), paidCents: z.int(), missingCents: z.int(),
  availableCents: z.int(), activatedCents: z.int(), usedCents: z.int(), spendableCents: z.int(), expiredCents: z.int(),
  refundedCents: z.int(),
});
const payer = payerShape.extend({ programmes: z.array(standing) });
const order = z.object({
  orderId: z.string(), reference: z.string(), programmeName: z.string(), placedAt: z.string(), state: z.string(), funding: z.string(),
  shares: z.array(z.object({ amountCents: z.int(), missingCents: z.int() })),
});
const refund = z.object({
  refundId: z.string(), amountCents: z.int(), requestedAt: z.string(), way: z.string(), state: z.string(), paidOn: z.string().nullable(),
  reasonCode: z.string().nullable(),
});
const billing = z.object({
  address: z.object({ street: z.string(), streetMore: z.string().nullable(), postalCode: z.string(), city: z.string() }),
  needsServiceCode: z.boolean(), needsEngagementNumber: z.boolean(),
});
export type Standing = z.output<typeof standing>;
export type Payer = z.output<typeof payer>;
export type PayerOrder = z.output<typeof order>;
export type PayerRefund = z.output<typeof refund>;
export type Billing = z.output<typeof billing>;
export type PayerFile = Readonly<{
  payer: Payer; billing: Read<Billing>; orders: Read<readonly PayerOrder[]>; invoices: Read<readonly Invoice[]>;
  refunds: Read<readonly PayerRefund[]>;
}>;

export async function loadPayer(ask: Ask, id: string): Promise<Read<PayerFile>> {
  const of = `limit=${LATEST_MAX}&payerId=${id}`;
  const [found, billed, orders, invoices, refunds] = await Promise.all([
    ask(`/issuance/payers/${id}`, payer), ask(`/issuance/payers/${id}/billing`, billing), allOf(ask, `/issuance/orders?${of}`, order),
    allOf(ask, `/issuance/invoices?${of}`, invoiceShape), allOf(ask, `/issuance/refunds?${of}`, refund),
  ]);
  return found.ok ? { ok: true, value: { payer: found.value, billing: billed, orders, invoices, refunds } } : found;
}
