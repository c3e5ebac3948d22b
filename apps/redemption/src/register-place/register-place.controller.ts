import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { dayIn, isRejected } from '#libs/kernel';
import { siretIn } from '#libs/sirene';
import { RegisterPlace } from './register-place.command.js';

const timeZoneIn = z.string().max(60).refine(isTimeZone, 'expected a time zone like Europe/Paris');
const body = z.strictObject({
  siret: siretIn,
  name: textIn(200),
  site: z.strictObject({ name: textIn(200), timeZone: timeZoneIn.describe('dates of services are judged in it') }),
});
const answer = z.strictObject({ placeId: idText('place'), siteId: idText('site') });

@Controller('redemption/places')
export class RegisterPlaceController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({ summary: 'Register a place with the site where it renders services', who: ['operator'], body, answer, status: 201, refusals: ['siret_taken'] })
  async register(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const { siret, name, site } = parse(body, asked);
    const outcome = await this.commands.execute(new RegisterPlace({ siret, name, siteName: site.name, timeZone: site.timeZone }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { placeId: idOut('place', outcome.placeId), siteId: idOut('site', outcome.siteId) };
  }
}

/** Does this Node know it? Redemptions will ask it for the day there. */
function isTimeZone(text: string): boolean {
  try {
    return Boolean(dayIn(text, new Date(0)));
  } catch {
    return false;
  }
}
