import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, dayIn, parse } from '#libs/http';
import { addDays, cents, toWire } from '#libs/kernel';
import { PUBLIC_GROUP_MIN, RANGE_DAYS_MAX } from '../limits.js';
import { ShowPriceRanges } from './show-price-ranges.query.js';

const query = z.strictObject({ from: dayIn.describe('first day of services'), to: dayIn.describe('last day') });
const days = query
  .refine(({ from, to }) => to >= from, { path: ['to'], message: 'expected a day on or after from' })
  .refine(({ from, to }) => to < addDays(from, RANGE_DAYS_MAX), { path: ['to'], message: `expected at most ${RANGE_DAYS_MAX} days` });
const answer = z.strictObject({
  from: z.string(), to: z.string(), currency: z.literal('EUR'), groupMin: z.int().describe('smaller groups are left out'),
  items: z.array(z.strictObject({
    service: z.enum(SERVICE_CODES), departement: z.string().nullable().describe('null: nobody knows where the places are'), count: z.int(),
    firstQuartileCents: z.int(), medianCents: z.int(), thirdQuartileCents: z.int(),
    givenCents: z.int().describe('what of all these tariffs neither voucher nor citizen paid'),
  })),
});

/** Not for everybody yet: each answer goes through all redemptions once, and nothing keeps a stranger from asking a thousand times. */
@Controller('redemption/price-ranges')
export class ShowPriceRangesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: `Median and quartiles of tariffs by service and département, of ${PUBLIC_GROUP_MIN} redemptions or more each`,
    who: ['operator', 'auditor'], query, answer,
  })
  async show(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { from, to } = parse(days, asked);
    const rows = await this.queries.execute(new ShowPriceRanges({ from, to }));
    return {
      from, to, currency: 'EUR', groupMin: PUBLIC_GROUP_MIN,
      items: rows.map(({ service, departement, count, firstQuartile, median, thirdQuartile, given }) => ({
        service, departement, count, firstQuartileCents: firstQuartile, medianCents: median, thirdQuartileCents: thirdQuartile,
        givenCents: toWire(cents(given)),
      })),
    };
  }
}
