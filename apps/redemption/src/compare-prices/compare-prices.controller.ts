import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, Caller, Problem } from '#libs/http';
import { reject, toWire } from '#libs/kernel';
import { PUBLIC_GROUP_MIN } from '../limits.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ComparePrices } from './compare-prices.query.js';

const answer = z.strictObject({
  since: z.string().describe('first day of services: a year'), departement: z.string().nullable().describe('null: nobody knows where the place is'),
  currency: z.literal('EUR'), groupMin: z.int(),
  unknownCount: z.int().describe('redeemed without a tariff or without a service: nobody knows what they were worth'),
  services: z.array(z.strictObject({
    service: z.enum(SERVICE_CODES), tariffCents: z.int().nullable().describe('asked today; null: none'),
    own: z.strictObject({
      count: z.int(), askedCents: z.int(), paidCents: z.int().describe('by vouchers and citizens'), givenCents: z.int().describe('asked, and paid by nobody'),
    }).describe('redemptions of the place itself whose tariff is known'),
    territory: z.strictObject({ count: z.int(), firstQuartileCents: z.int(), medianCents: z.int(), thirdQuartileCents: z.int() }).nullable()
      .describe(`of other places of the département; null for fewer than ${PUBLIC_GROUP_MIN} redemptions`),
  })),
});

@Controller('redemption/price-comparison')
export class ComparePricesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'What one\'s own place asks for its services beside other places of its département, and what of it nobody paid', who: ['till', 'manager'],
    answer, refusals: ['place_not_registered'],
  })
  async show(@Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const found = await this.queries.execute(new ComparePrices(placeOf(caller)));
    if (!found) throw new Problem(reject('place_not_registered'));
    return {
      ...found, currency: 'EUR', groupMin: PUBLIC_GROUP_MIN,
      services: found.services.map(({ service, tariffCents, own: { count, asked, paid, given }, territory }) => ({
        service, tariffCents: tariffCents === null ? null : toWire(tariffCents), territory,
        own: { count, askedCents: toWire(asked), paidCents: toWire(paid), givenCents: toWire(given) },
      })),
    };
  }
}
