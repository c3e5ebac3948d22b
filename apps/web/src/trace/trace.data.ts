// What somebody has in hand, and the trace that audit begins with it.
import { z } from 'zod';
import { tracedSchema } from '#libs/evidence';

/** What audit can begin with, by the letters of its ids. */
const BY_LETTERS: Readonly<Record<string, string>> = {
  bkn: 'bankLineId', ord: 'orderId', bat: 'batchId', red: 'redemptionId', clm: 'claimLineId', stm: 'statementId', pin: 'paymentId', rfd: 'refundId',
  alc: 'allocationId', epy: 'earlyPaymentId', cst: 'contradictoryStatementId', inv: 'invoiceId',
};
const ID = new RegExp(`^(${Object.keys(BY_LETTERS).join('|')})_[0-9a-f-]{36}$`);

/** An id says by its letters what it is, MR and 32 digits are a payment as the bank tells it; all else is a serial. */
export function beginningOf(text: string): Readonly<{ name: string; value: string }> {
  if (ID.test(text)) return { name: BY_LETTERS[text.slice(0, 3)]!, value: text };
  if (/^MR[0-9a-f]{32}$/i.test(text)) return { name: 'endToEndId', value: text };
  return { name: 'serial', value: text };
}

/** On a page a step may still wait to be sealed; in a packet none does. */
const step = tracedSchema.shape.steps.element.extend({ leaf: z.int().nullable() });
export const traceShape = tracedSchema.extend({ steps: z.array(step), nextCursor: z.string().nullable() });
export type Trace = z.output<typeof traceShape>;
export type TraceStep = Trace['steps'][number];
export type TracedRedemption = Trace['redemptions'][number];
