import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { amountIn, AMOUNT_CENTS_MAX, Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected, sum, toWire } from '#libs/kernel';
import { FEE_SERVICES_MAX, SHARES_MAX } from '../limits.js';
import { VAT_REGIMES, type PayerFee } from './upstream-fee.decision.js';
import type { OrderThen, SampleFee, SimulatedFees } from './simulate-upstream-fees.decision.js';
import type { UpstreamFeeRule } from './upstream-fee-rule.store.js';
import { ListUpstreamFeeRules, PublishUpstreamFeeRule, SimulateUpstreamFees } from './upstream-fees.commands.js';

const basisPoints = z.int().min(0).max(10_000);
const amountCents = z.int().positive().max(AMOUNT_CENTS_MAX);
const terms = {
  feeBasisPoints: basisPoints.describe('of the face value, without VAT'), vatBasisPoints: basisPoints.describe('on the fee'),
  vatRegime: z.enum(VAT_REGIMES).describe('why the face value bears no VAT; ask a tax adviser, nothing is inferred'),
  vatProvision: textIn(120).nullable().default(null).describe('of the law, as invoices cite it; where the face value is exempt, they have to'),
  orderMaxCents: z.int().min(0).max(AMOUNT_CENTS_MAX).nullable().default(null).describe('most of one order, without VAT'),
  agreement: z.strictObject({ cents: amountCents, basisPoints }).nullable().default(null)
    .describe('of a programme: the amount of its funding agreement, and the most of it that fees may take'),
  services: z.array(z.strictObject({ label: textIn(120), amountCents })).max(FEE_SERVICES_MAX).default([])
    .describe('fixed amounts per order, without VAT: kits, delivery, engineering'),
};
const ruleBody = z.strictObject({
  programmeId: idIn('programme').nullable().default(null).describe('null: every programme without a rule of its own'), from: dayIn, ...terms,
}).refine(({ programmeId, agreement }) => agreement === null || programmeId !== null, { path: ['agreement'], message: 'expected with a programme only' })
  .refine(({ vatRegime, vatProvision }) => vatRegime !== 'exempt' || vatProvision !== null, { path: ['vatProvision'], message: 'expected the provision that exempts it' });
const published = z.strictObject({ ruleId: idText('upstreamFeeRule'), version: z.int() });
const query = z.strictObject({ programmeId: idIn('programme').optional() });
const shown = z.strictObject({
  ruleId: idText('upstreamFeeRule'), programmeId: idText('programme').nullable(), version: z.int(), from: z.string(),
  feeBasisPoints: z.int(), vatBasisPoints: z.int(), vatRegime: z.enum(VAT_REGIMES), vatProvision: z.string().nullable(),
  orderMaxCents: z.int().nullable(),
  agreement: z.strictObject({ cents: z.int(), basisPoints: z.int() }).nullable(),
  services: z.array(z.strictObject({ label: z.string(), amountCents: z.int() })),
});
const simulateBody = z.strictObject({
  rule: z.strictObject(terms),
  sample: z.strictObject({ shareCents: z.array(amountIn).min(1).max(SHARES_MAX).describe('what each payer bears of the face value') }).optional(),
  window: z.strictObject({ programmeId: idIn('programme'), from: dayIn, to: dayIn }).optional().describe('days on which orders were placed'),
});
const capped = z.enum(['order', 'agreement']).nullable();
const line = z.strictObject({ label: z.string().nullable(), netCents: z.int() });
const fees = { feeCents: z.int(), vatCents: z.int() };
const wouldBe = { chargedCents: z.int(), chargedVatCents: z.int(), ...fees };
const simulated = z.strictObject({
  sample: z.strictObject({ ...fees, capped, payers: z.array(z.strictObject({ ...fees, lines: z.array(line) })) }).nullable(),
  window: z.strictObject({ ...wouldBe, orders: z.array(z.strictObject({ orderId: idText('order'), amountCents: z.int(), ...wouldBe, capped })) }).nullable(),
});

@Controller('issuance/upstream-fee-rules')
export class UpstreamFeesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish what payers are charged from a day on', who: ['operator'], body: ruleBody, answer: published, status: 201,
    refusals: ['programme_not_found', 'upstream_fee_rule_too_early'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const outcome = await this.commands.execute(new PublishUpstreamFeeRule(parse(ruleBody, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ruleId: idOut('upstreamFeeRule', outcome.ruleId), version: outcome.version };
  }

  /** Shown to payers before they order: nobody should learn a fee from an invoice. */
  @Get()
  @Api({
    summary: 'What payers are charged, newest first: by a programme\'s own rules, or the usual ones', who: ['operator', 'approver', 'auditor', 'payer'],
    query, answer: z.strictObject({ items: z.array(shown) }),
  })
  async list(@Query() asked: unknown): Promise<{ items: z.output<typeof shown>[] }> {
    const rules = await this.queries.execute(new ListUpstreamFeeRules(parse(query, asked).programmeId ?? null));
    return { items: rules.map(showRule) };
  }

  @Post('simulate')
  @HttpCode(200)
  @Api({
    summary: 'What a rule would charge: for an order of these shares, and for the orders of a past time; nothing is kept', who: ['operator', 'auditor'],
    body: simulateBody, answer: simulated, once: false, refusals: ['window_too_long'],
  })
  async simulate(@Body() asked: unknown): Promise<z.output<typeof simulated>> {
    const { rule, sample, window = null } = parse(simulateBody, asked);
    const order = sample ? { total: sum(sample.shareCents), weights: sample.shareCents } : null;
    const outcome = await this.queries.execute(new SimulateUpstreamFees({ rule, sample: order, window }));
    if (isRejected(outcome)) throw new Problem(outcome);
    return showSimulated(outcome);
  }
}

const showRule = ({ ruleId, programmeId, services, ...rule }: UpstreamFeeRule): z.output<typeof shown> => ({
  ...rule, ruleId: idOut('upstreamFeeRule', ruleId), programmeId: programmeId && idOut('programme', programmeId), services: [...services],
});

const showFee = ({ net, vat }: Pick<PayerFee, 'net' | 'vat'>) => ({ feeCents: toWire(net), vatCents: toWire(vat) });

function showSimulated({ sample, window }: SimulatedFees): z.output<typeof simulated> {
  return { sample: sample && showSample(sample), window: window && { ...showThen(window), orders: window.orders.map(showOrder) } };
}

const showSample = ({ fee, payers }: SampleFee) => ({
  ...showFee(fee), capped: fee.capped,
  payers: payers.map((payer) => ({ ...showFee(payer), lines: payer.lines.map(({ label, net }) => ({ label, netCents: toWire(net) })) })),
});

const showThen = ({ charged, vat, wouldCharge, wouldVat }: Pick<OrderThen, 'charged' | 'vat' | 'wouldCharge' | 'wouldVat'>) => ({
  chargedCents: toWire(charged), chargedVatCents: toWire(vat), feeCents: toWire(wouldCharge), vatCents: toWire(wouldVat),
});

const showOrder = (order: OrderThen) =>
  ({ orderId: idOut('order', order.orderId), amountCents: toWire(order.total), ...showThen(order), capped: order.capped });
