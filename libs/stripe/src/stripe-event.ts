// The fields of Stripe's events that we need, and no others: an event with more passes, one that lacks a needed field
// does not. Events made by Stripe and by the fake are read by this one schema.
import { z } from 'zod';

const id = z.string().min(1);
const wholeCents = z.int().nonnegative();
/** Stripe gives a neighbour by its id; it may be absent where the payment does not exist yet. */
const reference = id.nullish();
const metadata = z.record(z.string(), z.string()).default({});
const currency = z.string().length(3);

const checkoutSession = z.looseObject({
  id, object: z.literal('checkout.session'), amount_total: wholeCents.nullable(), currency: currency.nullable(), metadata,
  client_reference_id: z.string().nullish(), mode: z.string(), payment_intent: reference,
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
});
const paymentIntent = z.looseObject({
  id, object: z.literal('payment_intent'), amount: wholeCents, amount_received: wholeCents, currency, metadata, status: z.string(),
  last_payment_error: z.looseObject({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
});
const charge = z.looseObject({
  id, object: z.literal('charge'), amount: wholeCents, amount_refunded: wholeCents, refunded: z.boolean(), currency, metadata,
  payment_intent: reference, balance_transaction: reference,
});
const refund = z.looseObject({
  id, object: z.literal('refund'), amount: wholeCents, currency, metadata, charge: reference, payment_intent: reference,
  status: z.string().nullable(), balance_transaction: reference,
});
/** Without `id`: old events of closed disputes carry none; the charge names what is disputed. */
const dispute = z.looseObject({
  object: z.literal('dispute'), amount: wholeCents, currency, charge: id, payment_intent: reference, status: z.string(), reason: z.string(),
});
/** Signed: a payout takes money from the account that a debt of ours stands on. */
const payout = z.looseObject({
  id, object: z.literal('payout'), amount: z.int(), currency, status: z.string(), arrival_date: z.int(), balance_transaction: reference,
});

const envelope = z.looseObject({
  id, object: z.literal('event'), type: z.string().min(1), created: z.int(), livemode: z.boolean(), account: z.string().optional(),
  api_version: z.string().nullish(), data: z.looseObject({ object: z.looseObject({ object: z.string() }) }),
});

type Head = Readonly<{ id: string; type: string; createdAt: Date; livemode: boolean; account?: string }>;
export type StripeEvent = Head & (
  | { kind: 'checkout_session'; object: z.infer<typeof checkoutSession> }
  | { kind: 'payment_intent'; object: z.infer<typeof paymentIntent> }
  | { kind: 'charge'; object: z.infer<typeof charge> }
  | { kind: 'refund'; object: z.infer<typeof refund> }
  | { kind: 'dispute'; object: z.infer<typeof dispute> }
  | { kind: 'payout'; object: z.infer<typeof payout> }
  | { kind: 'other'; object: Readonly<Record<string, unknown>> });

/** `undefined`: no event of Stripe, or one that lacks a field we need. A kind that we do not know is an event, `other`. */
export function parseStripeEvent(json: unknown): StripeEvent | undefined {
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return undefined;
  const { id: eventId, type, created, livemode, account, data: { object } } = parsed.data;
  const head: Head = { id: eventId, type, createdAt: new Date(created * 1000), livemode, ...(account === undefined ? {} : { account }) };
  const body = bodyOf(type, object);
  return body && { ...head, ...body };
}

/** The type of the event says what its object must be: a dispute that calls itself a charge is refused. */
function bodyOf(type: string, object: Readonly<Record<string, unknown>>) {
  if (type.startsWith('checkout.session.')) return read('checkout_session', checkoutSession, object);
  if (type.startsWith('payment_intent.')) return read('payment_intent', paymentIntent, object);
  if (type.startsWith('charge.dispute.')) return read('dispute', dispute, object);
  if (type.startsWith('refund.') || type === 'charge.refund.updated') return read('refund', refund, object);
  if (type.startsWith('charge.')) return read('charge', charge, object);
  if (type.startsWith('payout.')) return read('payout', payout, object);
  return { kind: 'other' as const, object };
}

function read<Kind extends string, Schema extends z.ZodType>(kind: Kind, schema: Schema, object: unknown) {
  const parsed = schema.safeParse(object);
  return parsed.success ? { kind, object: parsed.data } : undefined;
}
