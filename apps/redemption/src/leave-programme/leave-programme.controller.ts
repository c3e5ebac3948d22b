import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { DEPARTURE_REASON_LENGTH_MAX } from '../limits.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { LeaveProgramme, TakeDepartureBack } from './leave-programme.command.js';

const body = z.strictObject({
  programmeId: idIn('programme').optional().describe('without it: every programme that the place takes part in'),
  from: dayIn.describe('services of this day are the first that are refused; from today at the site up to a year ahead'),
  reason: textIn(DEPARTURE_REASON_LENGTH_MAX).optional().describe('in the place\'s own words; the operator reads it, and nobody has to agree'),
});
const nothing = z.strictObject({});
const departure = z.strictObject({ departureId: idText('departure'), programmeId: idText('programme') });
const stated = z.strictObject({ placeId: idText('place'), from: z.string(), departures: z.array(departure) });

@Controller('redemption/departures')
export class LeaveProgrammeController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Leave a programme, or all, with one\'s own place from a day on, free of charge: earlier services are taken for 30 days more and paid as usual',
    who: ['manager'], freshSecondFactor: true, body, answer: stated, status: 201,
    refusals: ['place_not_found', 'departure_day_past', 'departure_too_far', 'nothing_to_leave', 'departure_stated'],
  })
  async leave(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof stated>> {
    const { programmeId = null, reason = null, from } = parse(body, asked);
    const outcome = await this.commands.execute(new LeaveProgramme({ placeId: placeOf(meta.caller), programmeId, from, reason }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      placeId: idOut('place', outcome.placeId), from: outcome.from,
      departures: outcome.departures.map(({ departureId, programmeId: of }) =>
        ({ departureId: idOut('departure', departureId), programmeId: idOut('programme', of) })),
    };
  }

  @Post(':id/taking-back')
  @HttpCode(201)
  @Api({
    summary: 'Take a departure of one\'s own place back, before its day has come', who: ['manager'], freshSecondFactor: true,
    body: nothing, answer: departure, status: 201, refusals: ['departure_not_found', 'departure_ended', 'departure_begun'],
  })
  async takeBack(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof departure>> {
    parse(nothing, asked);
    const own = { departureId: parse(idIn('departure'), id), placeId: placeOf(meta.caller) };
    const outcome = await this.commands.execute(new TakeDepartureBack(own, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { departureId: idOut('departure', outcome.departureId), programmeId: idOut('programme', outcome.programmeId) };
  }
}
