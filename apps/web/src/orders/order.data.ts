// One order as a payer reads it: of its shares, the payer's own only.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const share = z.object({
  payerId: z.string(), basisPoints: z.int(), amountCents: z.int(), fundedCents: z.int(), missingCents: z.int(), feeDueCents: z.int(),
  reference: z.string(),
});
const batch = z.object({
  batchId: z.string(), state: z.string(), count: z.int(), loadedCount: z.int(), bookletSize: z.int(), activatedCount: z.int(),
  handedOverCount: z.int(),
  redeemedCount: z.int(), redeemedCents: z.int(), expiredCents: z.int(), replacedBatchId: z.string().nullable(),
});
const happening = z.object({
  step: z.string(), takenAt: z.string(), reason: z.string().nullable(), count: z.int().nullable(), amountCents: z.int().nullable(),
  reference: z.string().nullable(), sha256: z.string().nullable(),
});
export const orderShape = z.object({
  orderId: z.string(), reference: z.string(), programmeName: z.string(), placedAt: z.string(), state: z.string(), funding: z.string(),
  activation: z.string(), proof: z.string(), paper: z.boolean(), onExpiry: z.string(), count: z.int(),
  faceCents: z.int(), amountCents: z.int(),
  activatedCents: z.int(), creditor: z.object({ name: z.string(), iban: z.string(), bic: z.string().nullable() }),
  shares: z.array(share), payers: z.array(z.object({ payerId: z.string(), name: z.string() })).default([]), batches: z.array(batch),
  history: z.array(happening),
});
export type Order = z.output<typeof orderShape>;
export type OrderShare = z.output<typeof share>;
export type Batch = z.output<typeof batch>;
export type Happening = z.output<typeof happening>;

export const invoiceShape = z.object({
  invoiceId: z.string(), kind: z.enum(['quote', 'invoice', 'credit_note']), number: z.string(), issuedOn: z.string(),
  dueOn: z.string().nullable(),
  orderId: z.string(), faceCents: z.int(), feeCents: z.int(), vatCents: z.int(), totalCents: z.int(), creditedCents: z.int(),
});
export type Invoice = z.output<typeof invoiceShape>;
const invoices = z.object({ items: z.array(invoiceShape) }).transform(({ items }) => items);
const INVOICES_MAX = 50;

export const loadOrder = (services: Services, bearer: string, orderId: string): Promise<Read<Order>> =>
  services.get(`/issuance/orders/${orderId}`, orderShape, bearer);

/** Newest first; also of a draft, whose quotes are among them. */
export const loadInvoices = (services: Services, bearer: string, orderId: string): Promise<Read<readonly Invoice[]>> =>
  services.get(`/issuance/invoices?orderId=${orderId}&limit=${INVOICES_MAX}`, invoices, bearer);

const cardPayment = z.object({ amountCents: z.int(), state: z.string(), instructionsUrl: z.string().nullable() });
export type CardPayment = z.output<typeof cardPayment>;
const cardPayments = z.object({ items: z.array(cardPayment) }).transform(({ items }) => items);

/** What was begun at the payment provider; an installation without one lists nothing. */
export const loadCardPayments = (services: Services, bearer: string, orderId: string): Promise<Read<readonly CardPayment[]>> =>
  services.get(`/issuance/card-payments?orderId=${orderId}&limit=20`, cardPayments, bearer);
