import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, Problem, type Page } from '#libs/http';
import { reject } from '#libs/kernel';
import { placeOf as before } from '../id-cursor.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ListTariffs, ShowPrices } from './show-tariffs.query.js';
import { TARIFF_STATES, type TariffView } from './tariff-view.store.js';

const price = {
  tariffId: idText('tariff'), service: z.enum(SERVICE_CODES), tariffVersion: z.int(), from: z.string().describe('first day of services'),
  priceCents: z.int().describe('of one participation'), currency: z.literal('EUR'), state: z.enum(TARIFF_STATES),
};
const prices = z.strictObject({ placeId: idText('place'), items: z.array(z.strictObject(price)).describe('in force and to come') });
const tariff = z.strictObject({
  ...price, placeId: idText('place'),
  components: z.strictObject({
    preparationCents: z.int(), renderingMinutes: z.int(), hourlyCostCents: z.int(), premisesCents: z.int(), travelCents: z.int(),
    otherCents: z.int(), otherName: z.string().nullable(), groupSize: z.int(),
  }),
  declaredAt: z.string().describe('instant, UTC'),
});
const query = pageQuery.extend({ placeId: idIn('place').optional(), state: z.enum(TARIFF_STATES).optional() });

/** Prices are for everybody who might come; what they are composed of tells what one person earns, and is for those who must judge it. */
@Controller('redemption')
export class ShowTariffsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('places/:id/prices')
  @Api({ summary: 'What a place asks for its services, now and later', who: 'anyone', answer: prices, refusals: ['place_not_found'] })
  async prices(@Param('id') id: string): Promise<z.output<typeof prices>> {
    const placeId = parse(idIn('place'), id);
    const rows = await this.queries.execute(new ShowPrices(placeId));
    if (!rows) throw new Problem(reject('place_not_found'));
    return { placeId: idOut('place', placeId), items: rows.map(showPrice) };
  }

  @Get('tariffs')
  @Api({
    summary: 'Versions of tariffs with what they are composed of, newest first; a till sees those of its own place',
    who: ['till', 'manager', 'operator', 'auditor'], query, answer: pageAnswer(tariff),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof tariff>>> {
    const { limit, cursor, placeId = null, state } = parse(query, asked);
    const rows = await this.queries.execute(new ListTariffs({
      placeId: caller.organisationKind === 'place' ? placeOf(caller) : placeId, states: state ? [state] : null,
      before: before('tariff', cursor), rowsMax: limit + 1,
    }));
    return pageOf(rows, limit, ({ tariffId }) => [tariffId], showTariff);
  }
}

const showPrice = ({ tariffId, service, version, from, price: cents, state }: TariffView) =>
  ({ tariffId: idOut('tariff', tariffId), service, tariffVersion: version, from, priceCents: cents, currency: 'EUR' as const, state });

const showTariff = (row: TariffView): z.output<typeof tariff> => ({
  ...showPrice(row), placeId: idOut('place', row.placeId),
  components: {
    preparationCents: row.preparation, renderingMinutes: row.renderingMinutes, hourlyCostCents: row.hourlyCost,
    premisesCents: row.premises, travelCents: row.travel, otherCents: row.other, otherName: row.otherName, groupSize: row.groupSize,
  },
  declaredAt: row.declaredAt.toISOString(),
});
