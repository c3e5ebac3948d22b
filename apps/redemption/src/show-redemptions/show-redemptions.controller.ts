import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idOut, idText, parse, Problem } from '#libs/http';
import { idOf, reject, toWire, cents } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { redemptionAnswer, viewOf } from '../redemption-view.js';
import { REDEMPTION_STATES, redemptionHistory } from './redemption-history.listing.js';
import { ListRedemptions, ShowToday, type RedemptionRow } from './show-redemptions.query.js';

const answer = z.strictObject({
  day: z.string(), count: z.int(), amountCents: z.int(), currency: z.literal('EUR'),
  items: z.array(redemptionAnswer).describe('the latest hundred, newest first'),
});

const shownRedemption = z.strictObject({
  redemptionId: idText('redemption'), placeId: idText('place'), redeemedAt: z.string(), serviceDate: z.string(), programmeName: z.string(),
  service: z.string().nullable(), amountCents: z.int(), keptCents: z.int().describe('zero where it was undone'), currency: z.literal('EUR'),
  state: z.enum(REDEMPTION_STATES),
});
const historyQuery = listingQuery(redemptionHistory);
const history = listingAnswer(redemptionHistory, shownRedemption);

@Controller('redemption/redemptions')
export class ShowRedemptionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'What the caller\'s own place redeemed today', who: ['till', 'manager'], keyScope: 'redemptions.read', answer, refusals: ['place_not_registered'] })
  async today(@Caller() { organisationKind, partyId }: Principal): Promise<z.output<typeof answer>> {
    if (organisationKind !== 'place' || !partyId) throw new Problem('role_missing');
    const today = await this.queries.execute(new ShowToday(idOf('place', partyId)));
    if (!today) throw new Problem(reject('place_not_registered'));
    const { day, count, amount, items } = today;
    return { day, count, amountCents: toWire(amount), currency: 'EUR', items: items.map(viewOf) };
  }

  @Get('history')
  @Api({ summary: 'All that a place redeemed, its own for a place', who: ['till', 'manager', 'operator'], keyScope: 'redemptions.read', query: historyQuery, answer: history })
  async history(@Query() query: unknown, @Caller() { organisationKind, partyId }: Principal): Promise<z.output<typeof history>> {
    if (organisationKind === 'place' && !partyId) throw new Problem('role_missing');
    const placeId = organisationKind === 'place' ? idOf('place', partyId!) : null;
    const { rows, nextCursor, totals } = await this.queries.execute(new ListRedemptions(placeId, parse(historyQuery, query)));
    return { items: rows.map(showRedemption), nextCursor, totals: showTotals(totals) };
  }
}

const showRedemption = ({ id, placeId, redeemedAt, serviceDate, amountCents, keptCents, ...rest }: RedemptionRow) => ({
  ...rest, redemptionId: idOut('redemption', id), placeId: idOut('place', placeId), redeemedAt: redeemedAt.toISOString(),
  serviceDate: serviceDate.toISOString().slice(0, 10), amountCents: toWire(cents(amountCents)), keptCents: toWire(cents(keptCents)),
  currency: 'EUR' as const,
});
