import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { amountIn, Api, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { SHARES_MAX } from '../limits.js';
import { SHARINGS } from '../share-amounts.decision.js';
import { STATE_2019 } from './co-funding.decision.js';
import { ProposeCoFunding } from './propose-co-funding.query.js';

// A hundredth at least, so that every payer has a share of the whole that is not nothing.
const other = z.strictObject({ payerId: idIn('payer'), basisPoints: z.int().min(100).max(10_000).describe('of what the State leaves') });
const body = z.strictObject({
  rule: z.literal('state_2019'),
  totalCents: amountIn,
  state: z.strictObject({
    payerId: idIn('payer'), localNetwork: z.boolean(), hub: z.boolean(), jointPurchase: z.boolean(), europeanFunds: z.boolean(),
    territoryBasisPoints: z.int().min(0).max(STATE_2019.territoryBasisPointsMax)
      .describe('for population, density and poverty against the mean of the same level, as the jury gave it'),
  }),
  others: z.array(other).min(1).max(SHARES_MAX - 1)
    .refine((list) => list.reduce((total, { basisPoints }) => total + basisPoints, 0) === 10_000, 'expected basis points that add up to 10000'),
}).refine(({ state, others }) => new Set([state.payerId, ...others.map(({ payerId }) => payerId)]).size === others.length + 1, {
  path: ['others'], message: 'expected each payer once',
});
const proposed = z.strictObject({
  sharing: z.enum(SHARINGS),
  shares: z.array(z.strictObject({ payerId: idText('payer'), basisPoints: z.int(), capCents: z.int().optional(), amountCents: z.int() })),
  currency: z.literal('EUR'),
});

@Controller('issuance/orders')
export class ProposeCoFundingController {
  constructor(private readonly queries: QueryBus) {}

  @Post('co-funding-proposal')
  @HttpCode(200)
  @Api({
    summary: 'The shares of an order by the State\'s rule of 2019 (docs/co-funding.md), as a draft takes them', who: ['payer', 'operator'],
    body, answer: proposed, once: false, looksUp: true, refusals: ['shares_short'],
  })
  async propose(@Body() asked: unknown): Promise<z.output<typeof proposed>> {
    const { totalCents, state: { payerId, ...criteria }, others } = parse(body, asked);
    const outcome = await this.queries.execute(new ProposeCoFunding(totalCents, { payerId, criteria }, others));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      sharing: outcome.sharing, currency: 'EUR',
      shares: outcome.shares.map(({ payerId: of, basisPoints, cap, amount }) =>
        ({ payerId: idOut('payer', of), basisPoints, ...(cap !== null && { capCents: toWire(cap) }), amountCents: toWire(amount) })),
    };
  }
}
