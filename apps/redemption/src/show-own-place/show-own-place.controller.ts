import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, Caller, idOut, idText, Problem } from '#libs/http';
import { reject } from '#libs/kernel';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ShowOwnPlace, type OwnPlace } from './own-place.query.js';

const programme = { programmeId: idText('programme'), programmeName: z.string().nullable() };
const answer = z.strictObject({
  placeId: idText('place'), siret: z.string().nullable(), name: z.string(), siteName: z.string(), timeZone: z.string(),
  street: z.string().nullable(), complement: z.string().nullable(), postalCode: z.string().nullable(), commune: z.string().nullable(),
  listing: z.strictObject({
    services: z.array(z.string()).describe('in the words of the national standard'), telephones: z.array(z.string()), emails: z.array(z.string()),
    websites: z.array(z.string()), updatedOn: z.string().nullable(), sources: z.array(z.string()).describe('of the files that speak of it'),
  }).nullable().describe('null: registered by hand, in no published file'),
  openingHours: z.strictObject({
    text: z.string(), understood: z.boolean(), state: z.enum(['open', 'closed', 'unknown']).nullable(), nextChange: z.iso.datetime().nullable(),
  }).nullable(),
  accreditations: z.array(z.strictObject({
    ...programme, accreditationVersion: z.int(), from: z.string(), to: z.string(), services: z.array(z.enum(SERVICE_CODES)).describe('empty: every service'),
    decidedAt: z.string(), isLatest: z.boolean().describe('the one of its programme that counts'),
    leavesFrom: z.string().nullable().describe('the day from which the place takes part in the programme no longer, by its own word'),
  })).describe('every version, newest first'),
  openProgrammes: z.array(z.strictObject(programme)).describe('with a questionnaire: the place may apply'),
});

@Controller('redemption/own-place')
export class ShowOwnPlaceController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'One\'s own place: what everybody is told of it, and every version of its accreditations', who: ['till', 'manager'], answer,
    refusals: ['place_not_registered'],
  })
  async show(@Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const place = await this.queries.execute(new ShowOwnPlace(placeOf(caller)));
    if (!place) throw new Problem(reject('place_not_registered'));
    const { siret, name, siteName, timeZone, street, complement, postalCode, commune } = place;
    return {
      placeId: idOut('place', place.placeId), siret, name, siteName, timeZone, street, complement, postalCode, commune,
      listing: listingOf(place), openingHours: hoursOf(place),
      accreditations: place.accreditations.map(({ programmeId, version, createdAt, ...one }) => ({
        ...one, programmeId: idOut('programme', programmeId), accreditationVersion: version, decidedAt: new Date(createdAt).toISOString(),
      })),
      openProgrammes: place.openProgrammes.map(({ programmeId, programmeName }) => ({ programmeId: idOut('programme', programmeId), programmeName })),
    };
  }
}

function listingOf({ details, services, updatedOn, sources }: OwnPlace): z.output<typeof answer>['listing'] {
  if (details === null) return null;
  const texts = (field: string): string[] => {
    const held = details[field];
    return (Array.isArray(held) ? held : [held]).filter((text): text is string => typeof text === 'string' && text !== '');
  };
  return { services: services ?? [], telephones: texts('telephone'), emails: texts('emails'), websites: texts('websites'), updatedOn, sources };
}

const hoursOf = ({ openingHours, hours }: OwnPlace): z.output<typeof answer>['openingHours'] => (openingHours === null ? null : {
  text: openingHours, understood: hours !== undefined, state: hours?.state ?? null, nextChange: hours?.nextChange?.toISOString() ?? null,
});
