import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, Problem } from '#libs/http';
import { idOf, reject, toWire } from '#libs/kernel';
import { redemptionAnswer, viewOf } from '../redemption-view.js';
import { ShowToday } from './show-redemptions.query.js';

const answer = z.strictObject({
  day: z.string(), count: z.int(), amountCents: z.int(), currency: z.literal('EUR'),
  items: z.array(redemptionAnswer).describe('the latest hundred, newest first'),
});

@Controller('redemption/redemptions')
export class ShowRedemptionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'What the caller\'s own place redeemed today', who: ['till', 'manager'], answer, refusals: ['place_not_registered'] })
  async today(@Caller() { organisationKind, partyId }: Principal): Promise<z.output<typeof answer>> {
    if (organisationKind !== 'place' || !partyId) throw new Problem('role_missing');
    const today = await this.queries.execute(new ShowToday(idOf('place', partyId)));
    if (!today) throw new Problem(reject('place_not_registered'));
    const { day, count, amount, items } = today;
    return { day, count, amountCents: toWire(amount), currency: 'EUR', items: items.map(viewOf) };
  }
}
