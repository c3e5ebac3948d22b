import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { AMOUNT_CENTS_MAX, Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type Page } from '#libs/http';
import { cents, isRejected, minus, toWire } from '#libs/kernel';
import { PROOF_STATES } from '../approve-proof/approve-proof.decision.js';
import { BATCH_STATES } from '../batch-state.decision.js';
import { payerOf } from '../caller.js';
import { placeOf } from '../id-cursor.js';
import { ON_EXPIRY } from '../on-expiry.decision.js';
import type { FundedShare } from '../order.store.js';
import { ACTIVATE_ON } from '../activate-on.decision.js';
import { payerNameField, showPayerName } from '../payer-name-field.js';
import { SHARINGS } from '../share-amounts.decision.js';
import { showStep, shownStep } from '../step-fields.js';
import { HAPPENINGS, type Happening } from './order-history.store.js';
import { NEXT_STEPS, nextSteps, ORDER_STATES, orderState } from './order-life.decision.js';
import { ACTIVATION_STATES, activationOf, FUNDING_STATES, fundingOf } from './order-state.decision.js';
import type { BatchView, OrderView } from './order-view.store.js';
import { ListOrders, ShowOrder } from './show-orders.query.js';

const WHO = ['payer', 'operator', 'auditor'] as const;
const shownOrder = z.strictObject({
  orderId: idText('order'), reference: z.string(), programmeId: idText('programme'), programmeName: z.string(),
  placedAt: z.string(), state: z.enum(ORDER_STATES).describe('of its vouchers; money is the track of `funding`'), funding: z.enum(FUNDING_STATES), activation: z.enum(ACTIVATION_STATES),
  nextSteps: z.array(z.enum(NEXT_STEPS)), proof: z.enum(PROOF_STATES), sharing: z.enum(SHARINGS), paper: z.boolean(),
  activateOn: z.enum(ACTIVATE_ON), count: z.int(), mintedCount: z.int(), shippedCount: z.int(), receivedCount: z.int(), lostCount: z.int(),
  faceCents: z.int(),
  amountCents: z.int(), fundedCents: z.int(), missingCents: z.int(), activatedCents: z.int(), currency: z.literal('EUR'), onExpiry: z.enum(ON_EXPIRY),
  shares: z.array(z.strictObject({
    payerId: idText('payer'), basisPoints: z.int(), capCents: z.int().nullable(), amountCents: z.int(), fundedCents: z.int(), missingCents: z.int().describe('of the face value'),
    feeDueCents: z.int().describe('of fee and VAT, invoiced and not paid; to be paid as well'),
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
const shownHappening = shownStep.extend({
  step: z.enum(HAPPENINGS), count: z.int().nullable().describe('of vouchers'), amountCents: z.int().nullable(),
});
const shownWithBatches = shownOrder.extend({
  payers: z.array(payerNameField).describe('who pays it, the leading payer first; of the others a payer is told the name, and no money'),
  batches: z.array(shownBatch), history: z.array(shownHappening).describe('oldest first; of a payer who asks, its own money only'),
});
const boundIn = z.coerce.number().int().min(0).max(AMOUNT_CENTS_MAX).transform(cents).optional();
const listQuery = pageQuery.extend({
  payerId: idIn('payer').optional().describe('of orders that this payer has a share of; their shares are its own only'),
  reference: textIn(40).optional().describe('of the order, or of a share that the caller sees; in any case, spaces do not count'),
  amountCentsFrom: boundIn, amountCentsTo: boundIn.describe('included'),
  state: z.enum(ORDER_STATES).optional(), funding: z.enum(FUNDING_STATES).optional(), activation: z.enum(ACTIVATION_STATES).optional(),
});

@Controller('issuance/orders')
export class ShowOrdersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Orders, newest first: a payer\'s own, or all', who: WHO, keyScope: 'orders.read', query: listQuery, answer: pageAnswer(shownOrder) })
  async list(@Query() query: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shownOrder>>> {
    const { limit, cursor, payerId = null, reference,
      amountCentsFrom: from = null, amountCentsTo: to = null, ...states } = parse(listQuery, query);
    const own = payerOf(caller);
    const wanted = {
      payerId: own ?? payerId, before: placeOf('order', cursor), rowsMax: limit + 1, from, to,
      reference: reference?.replace(/\s/g, '').toUpperCase() ?? null, ...states,
    };
    const rows = own !== null && payerId !== null && payerId !== own ? [] : await this.queries.execute(new ListOrders(wanted));
    return pageOf(rows, limit, ({ orderId }) => [orderId], showOrder);
  }

  @Get(':id')
  @Api({ summary: 'One order, its batches, and what happened to it', who: WHO, keyScope: 'orders.read', answer: shownWithBatches, refusals: ['order_not_found'] })
  async one(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof shownWithBatches>> {
    const outcome = await this.queries.execute(new ShowOrder(parse(idIn('order'), id), payerOf(caller)));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...showOrder(outcome), payers: outcome.payers.map(showPayerName), batches: outcome.batches.map(showBatch),
      history: outcome.history.map(showHappening) };
  }
}

const showOrder = (order: OrderView): z.output<typeof shownOrder> => ({
  orderId: idOut('order', order.orderId), reference: order.reference, programmeId: idOut('programme', order.programmeId),
  programmeName: order.programmeName, placedAt: order.placedAt.toISOString(),
  state: orderState(order), funding: fundingOf(order), activation: activationOf(order), nextSteps: nextSteps(order), proof: order.proof,
  sharing: order.sharing, paper: order.paper, activateOn: order.activateOn, count: order.count, mintedCount: order.mintedCount,
  shippedCount: order.shippedCount, receivedCount: order.receivedCount, lostCount: order.lostCount,
  faceCents: toWire(order.face), amountCents: toWire(order.total),
  fundedCents: toWire(order.funded), missingCents: toWire(minus(order.total, order.funded)),
  activatedCents: toWire(order.activated), currency: 'EUR', onExpiry: order.onExpiry,
  shares: order.shares.map(showShare),
  creditor: order.creditor,
});

const showShare = ({ payerId, basisPoints, cap, reference, amount, funded, feeDue }: FundedShare) => ({
  payerId: idOut('payer', payerId), basisPoints, capCents: cap === null ? null : toWire(cap), reference, amountCents: toWire(amount), fundedCents: toWire(funded),
  missingCents: toWire(minus(amount, funded)), feeDueCents: toWire(feeDue), funding: fundingOf({ total: amount, funded }),
});

const showHappening = ({ step, count, amount, ...rest }: Happening): z.output<typeof shownHappening> =>
  ({ ...showStep(rest), step, count, amountCents: amount === null ? null : toWire(amount) });

const showBatch = ({ batchId, redeemed, expired, replacedBatchId, ...batch }: BatchView): z.output<typeof shownBatch> => ({
  ...batch, batchId: idOut('batch', batchId), redeemedCents: toWire(redeemed), expiredCents: toWire(expired),
  replacedBatchId: replacedBatchId && idOut('batch', replacedBatchId),
});
