import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, dayIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { cents, isRejected } from '#libs/kernel';
import { DURATION_MINUTES_MAX, HOURLY_COST_CENTS_MAX, PARTICIPANTS_MAX, TARIFF_COMPONENT_CENTS_MAX } from '../limits.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { SetTariff } from './set-tariff.command.js';

const costIn = z.int().nonnegative().max(TARIFF_COMPONENT_CENTS_MAX).default(0).transform(cents);
const components = z.strictObject({
  preparationCents: costIn,
  renderingMinutes: z.int().nonnegative().max(DURATION_MINUTES_MAX).default(0),
  hourlyCostCents: z.int().nonnegative().max(HOURLY_COST_CENTS_MAX).default(0).transform(cents),
  premisesCents: costIn, travelCents: costIn, otherCents: costIn,
  otherName: textIn(100).nullable().default(null).describe('what the other costs are; needed where there are any'),
  groupSize: z.int().positive().max(PARTICIPANTS_MAX).describe('among how many participants one session is split'),
}).refine(({ otherCents, otherName }) => otherCents === 0n || otherName !== null, { path: ['otherName'], message: 'expected what otherCents are for' });
const body = z.strictObject({
  service: z.enum(SERVICE_CODES).describe('code of the national nomenclature'),
  components: components.describe('what one session costs; the price of one participation is found from it'),
  from: dayIn.nullable().default(null).describe('first day of services at this price, at the place; left out: today'),
});
const answer = z.strictObject({
  tariffId: idText('tariff'), placeId: idText('place'), service: z.enum(SERVICE_CODES), tariffVersion: z.int(), from: z.string(),
  priceCents: z.int().describe('of one participation'), currency: z.literal('EUR'),
  needsApproval: z.boolean().describe('a raise that counts only once the operator has approved it'),
});

@Controller('redemption/tariffs')
export class SetTariffController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Declare the next version of what the caller\'s own place asks for a service', who: ['till', 'manager'], body, answer, status: 201,
    refusals: ['place_not_registered', 'tariff_in_past', 'tariff_without_price'],
  })
  async set(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const { service, from, components: { otherName, ...said } } = parse(body, asked);
    const outcome = await this.commands.execute(new SetTariff({
      placeId: placeOf(meta.caller), service, from, otherName,
      components: {
        preparation: said.preparationCents, renderingMinutes: said.renderingMinutes, hourlyCost: said.hourlyCostCents,
        premises: said.premisesCents, travel: said.travelCents, other: said.otherCents, groupSize: said.groupSize,
      },
    }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { tariffId, placeId, version, ...tariff } = outcome;
    return { tariffId: idOut('tariff', tariffId), placeId: idOut('place', placeId), tariffVersion: version, currency: 'EUR', ...tariff };
  }
}
