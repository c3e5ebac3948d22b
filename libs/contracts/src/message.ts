// What crosses between services: facts with a version, a schema, a sample, one sender and its receivers.
import { z } from 'zod';

export const SERVICES = ['issuance', 'redemption', 'settlement', 'audit', 'identity'] as const;
export type Service = (typeof SERVICES)[number];

export type Actor = Readonly<{ kind: 'user' | 'place' | 'service' | 'system'; id: string }>;

/**
 * The envelope of every message. `seq` is gap-free per sender and given by its relay after commit; until then a message
 * has none. `id` is also the event id of the transfers that the event posts, on both sides of a crossing.
 */
export type Envelope<Body = unknown> = Readonly<{
  id: string;
  seq: number;
  type: string;
  subject: string;
  subjectVersion: number;
  occurredAt: string;
  causationId: string | null;
  correlationId: string;
  actor: Actor;
  body: Body;
}>;
export type Unnumbered<Body = unknown> = Omit<Envelope<Body>, 'seq'>;

export const unnumberedSchema = z.strictObject({
  id: z.uuid(),
  type: z.string().max(80),
  subject: z.string().max(100),
  subjectVersion: z.number().int().positive(),
  occurredAt: z.iso.datetime(),
  causationId: z.string().max(100).nullable(),
  correlationId: z.string().max(100),
  actor: z.strictObject({ kind: z.enum(['user', 'place', 'service', 'system']), id: z.string().max(100) }),
  body: z.unknown(),
});
export const envelopeSchema = unnumberedSchema.extend({ seq: z.number().int().positive() });

export type Contract<Type extends string = string, Schema extends z.ZodType = z.ZodType> = Readonly<{
  type: Type;
  /** `each` = every service with a ledger may send it. */
  from: Service | 'each';
  /** Receivers besides audit, which consumes everything. */
  to: readonly Service[];
  /** The row of the table of postings, per ledger that posts for this event (docs/accounts.md). */
  postings: Readonly<Partial<Record<Service, string>>>;
  personalData: boolean;
  schema: Schema;
  sample: z.infer<Schema>;
  /** What audit keeps when the body carries bulk that proves nothing more than its digest does. */
  auditView?(body: z.infer<Schema>): unknown;
}>;

type Definition<Type extends string, Schema extends z.ZodType> =
  Omit<Contract<Type, Schema>, 'personalData' | 'postings'> & Partial<Pick<Contract, 'personalData' | 'postings'>>;

export function defineMessage<const Type extends string, Schema extends z.ZodType>(
  definition: Definition<Type, Schema>,
): Contract<Type, Schema> {
  return { personalData: false, postings: {}, ...definition };
}

export type BodyOf<C> = C extends Contract<string, infer Schema> ? z.infer<Schema> : never;

/** Refunds of one payment: their ids travel with what the bank did with it. */
export const REFUNDS_PER_PAYMENT_MAX = 100;

/** Statements of one payment, told the same way; one that pays more of them names none. */
export const STATEMENTS_PER_PAYMENT_MAX = 100;

/** Allocations of one payment; what is more of them waits for the next run. */
export const ALLOCATIONS_PER_PAYMENT_MAX = 100;

/** Early payments of one payment, likewise. */
export const EARLY_PAYMENTS_PER_PAYMENT_MAX = 100;

// The vocabulary of message bodies: amounts are safe integers of cents with their currency beside them.
export const field = {
  id: z.uuid(),
  amountCents: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  /** For sums that may come to less than nothing. */
  signedCents: z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
  amountOrZeroCents: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  currency: z.literal('EUR'),
  day: z.iso.date(),
  instant: z.iso.datetime(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  count: z.number().int().nonnegative(),
  index: z.number().int().nonnegative(),
  version: z.number().int().positive(),
  reference: z.string().max(140),
  basisPoints: z.number().int().min(0).max(10_000),
} as const;
