import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { dayIn, localDate } from '#libs/kernel';
import { sendTillPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { dayPage, dayShape } from './day.page.js';

/** Whatever else an address may carry is not read. */
const DayQuery = z.object({ date: z.iso.date().optional().catch(undefined) });
const SHOWN_MAX = 200;
/** As the lists of the services have their days. */
const ZONE = 'Europe/Paris';

@Pages()
export class DayController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('day')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const today = dayIn(ZONE, new Date());
    const asked = DayQuery.parse(query).date;
    const date = asked === undefined || asked > today ? today : localDate(asked);
    const question = new URLSearchParams({ redeemedAtFrom: date, redeemedAtTo: date, totals: 'true', limit: String(SHOWN_MAX) });
    const read = await this.services.get(`/redemption/redemptions/history?${question}`, dayShape, visit.person.bearer);
    sendTillPage(reply, visit, dayPage(visit, { date, today, read }));
  }
}
