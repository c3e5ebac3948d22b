import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, Problem, type Page } from '#libs/http';
import { isRejected, minus, toWire } from '#libs/kernel';
import { BATCH_STATES } from '../batch-state.decision.js';
import { payerOf } from '../caller.js';
import { placeOf } from '../id-cursor.js';
import { ON_EXPIRY } from '../on-expiry.decision.js';
import type { FundedShare } from '../order.store.js';
import { ACTIVATION_STATES, activationOf, FUNDING_STATES, fundingOf } from './order-state.decision.js';
import type { BatchView, OrderView } from './order-view.store.js';
import { ListOrders, ShowOrder } from './show-orders.query.js';

const WHO = ['payer', 'operator', 'auditor'] as const;
const shownOrder = z.strictObject({
  orderId: idText('order'), reference: z.string(), programmeId: idText('programme'), programmeName: z.string(),
  placedAt: z.string(), funding: z.enum(FUNDING_STATES), activation: z.enum(ACTIVATION_STATES),
  count: z.int(), mintedCount: z.int(), faceCents: z.int(),
  amountCents: z.int(), fundedCents: z.int(), missingCents: z.int(), activatedCents: z.int(), currency: z.literal('EUR'), onExpiry: z.enum(ON_EXPIRY),
  shares: z.array(z.strictObject({
    payerId: idText('payer'), basisPoints: z.int(), amountCents: z.int(), fundedCents: z.int(), missingCents: z.int(),
    funding: z.enum(FUNDING_STATES), reference: z.string().describe('this payer writes it on its transfer'),
  })).describe('of a payer who asks, its own only'),
  creditor: z.strictObject({ name: z.string(), iban: z.string(), bic: z.string().nullable() }),
});
const shownBatch = z.strictObject({
  batchId: idText('batch'), state: z.enum(BATCH_STATES), count: z.int(), bookletSize: z.int(), chunks: z.int(), loadedChunks: z.int(),
  mintedCount: z.int().describe('sent to redemption'), loadedCount: z.int().describe('there; all of them before any can be spent'),
  activatedCount: z.int(), spendableCount: z.int(), handedOverCount: z.int(), redeemedCount: z.int(), redeemedCents: z.int(),
  replacedBatchId: idText('batch').nullable().describe('not ordered: takes the place of stopped vouchers of that batch'),
  movedCount: z.int().nullable().describe('of a replacement: how many of those had something left; null until it is spendable'),
  expiredCents: z.int(),
});
const shownWithBatches = shownOrder.extend({ batches: z.array(shownBatch) });

@Controller('issuance/orders')
export class ShowOrdersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Orders, newest first: a payer\'s own, or all', who: WHO, query: pageQuery, answer: pageAnswer(shownOrder) })
  async list(@Query() query: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shownOrder>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListOrders(payerOf(caller), placeOf('order', cursor), limit + 1));
    return pageOf(rows, limit, ({ orderId }) => [orderId], showOrder);
  }

  @Get(':id')
  @Api({ summary: 'One order and its batches', who: WHO, answer: shownWithBatches, refusals: ['order_not_found'] })
  async one(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof shownWithBatches>> {
    const outcome = await this.queries.execute(new ShowOrder(parse(idIn('order'), id), payerOf(caller)));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...showOrder(outcome), batches: outcome.batches.map(showBatch) };
  }
}

const showOrder = (order: OrderView): z.output<typeof shownOrder> => ({
  orderId: idOut('order', order.orderId), reference: order.reference, programmeId: idOut('programme', order.programmeId),
  programmeName: order.programmeName, placedAt: order.placedAt.toISOString(),
  funding: fundingOf(order), activation: activationOf(order), count: order.count, mintedCount: order.mintedCount,
  faceCents: toWire(order.face), amountCents: toWire(order.total),
  fundedCents: toWire(order.funded), missingCents: toWire(minus(order.total, order.funded)),
  activatedCents: toWire(order.activated), currency: 'EUR', onExpiry: order.onExpiry,
  shares: order.shares.map(showShare),
  creditor: order.creditor,
});

const showShare = ({ payerId, basisPoints, reference, amount, funded }: FundedShare) => ({
  payerId: idOut('payer', payerId), basisPoints, reference, amountCents: toWire(amount), fundedCents: toWire(funded),
  missingCents: toWire(minus(amount, funded)), funding: fundingOf({ total: amount, funded }),
});

const showBatch = ({ batchId, redeemed, expired, replacedBatchId, ...batch }: BatchView): z.output<typeof shownBatch> => ({
  ...batch, batchId: idOut('batch', batchId), redeemedCents: toWire(redeemed), expiredCents: toWire(expired),
  replacedBatchId: replacedBatchId && idOut('batch', replacedBatchId),
});
