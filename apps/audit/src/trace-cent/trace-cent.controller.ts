// Follows money for auditors and the operator: from any of its steps to all others. Ids, amounts, moments; no name, no code.
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, cursorOf, idIn, parse, Problem, readCursor } from '#libs/http';
import { isRejected, type Id } from '#libs/kernel';
import { TRACED_REDEMPTIONS_MAX } from '../limits.js';
import { shownTrace, traceAnswer } from './trace-answer.js';
import { TraceCent, type Traced } from './trace-cent.query.js';

/** The largest batch has a million vouchers. */
const INDEX_MAX = 999_999;
const endToEndIn = z.string().regex(/^MR[0-9a-fA-F]{32}$/, 'expected MR and 32 hexadecimal digits')
  .transform((text) => text.slice(2).toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id<'payment'>);

const traceQuery = z.strictObject({
  bankLineId: idIn('bankLine').optional(), orderId: idIn('order').optional(),
  payerId: idIn('payer').optional().describe('with orderId: this payer\'s share of it'),
  batchId: idIn('batch').optional(), index: z.string().regex(/^\d{1,6}$/, `expected a number from 0 to ${INDEX_MAX}`).transform(Number).optional()
    .describe('with batchId: this voucher of it'),
  serial: z.string().min(1).max(80).optional().describe('as printed on the voucher; no code'),
  redemptionId: idIn('redemption').optional(), claimLineId: idIn('claimLine').optional(), statementId: idIn('statement').optional(),
  paymentId: idIn('payment').optional(), endToEndId: endToEndIn.optional().describe('of a payment, as the bank tells it'),
  refundId: idIn('refund').optional(), allocationId: idIn('allocation').optional(),
  limit: z.string().regex(/^[1-9]\d?$/, `expected a number from 1 to ${TRACED_REDEMPTIONS_MAX}`).transform(Number)
    .refine((limit) => limit <= TRACED_REDEMPTIONS_MAX, `expected a number from 1 to ${TRACED_REDEMPTIONS_MAX}`).default(20),
  cursor: z.string().max(400).optional(),
}).refine((query) => begunBy(query).length === 1, { path: ['bankLineId'], message: 'expected exactly one thing to begin with' });

type Asked = Readonly<Partial<Record<
  'bankLineId' | 'orderId' | 'payerId' | 'batchId' | 'serial' | 'redemptionId' | 'claimLineId' | 'statementId' | 'paymentId' | 'endToEndId' | 'refundId' | 'allocationId',
  string | undefined>> & { index?: number | undefined }>;

/** All things that a query may begin with; it is sound when there is one. */
function begunBy({ orderId, payerId, batchId, index, serial, endToEndId, ...asked }: Asked): Traced[] {
  const found: (Traced | undefined)[] = (['bankLine', 'redemption', 'claimLine', 'statement', 'payment', 'refund', 'allocation'] as const)
    .map((noun) => { const id = asked[`${noun}Id`]; return id === undefined ? undefined : { noun, id }; });
  if (orderId !== undefined) found.push(payerId === undefined ? { noun: 'order', id: orderId } : { noun: 'share', id: orderId, payerId });
  if (batchId !== undefined) found.push(index === undefined ? { noun: 'batch', id: batchId } : { noun: 'voucher', id: batchId, index });
  if (serial !== undefined) found.push({ noun: 'serial', serial });
  if (endToEndId !== undefined) found.push({ noun: 'payment', id: endToEndId });
  const isLoose = (payerId !== undefined && orderId === undefined) || (index !== undefined && batchId === undefined);
  return isLoose ? [] : found.filter((one) => one !== undefined);
}

const cursorIn = z.tuple([z.uuid(), z.int().nonnegative(), z.int().nonnegative()]);

@Controller('audit/traces')
export class TraceCentController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'The way of money from and to any of its steps: bank line, order, share, batch, voucher, redemption, claim line, statement, payment, refund, allocation',
    who: ['auditor', 'operator'], query: traceQuery, answer: traceAnswer, refusals: ['trace_not_found', 'serial_not_told'],
  })
  async trace(@Query() text: unknown): Promise<z.output<typeof traceAnswer>> {
    const { limit, cursor, ...asked } = parse(traceQuery, text);
    const trace = await this.queries.execute(new TraceCent(begunBy(asked)[0]!, limit, cursor ? readCursor(cursorIn, cursor) : null));
    if (isRejected(trace)) throw new Problem(trace);
    return shownTrace(trace, trace.next && cursorOf(trace.next));
  }
}
