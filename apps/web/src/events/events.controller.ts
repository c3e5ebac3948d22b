import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { eventPage, eventShape, eventsPage, eventsShape } from './events.page.js';

const SenderParam = z.strictObject({ sender: z.string().regex(/^[a-z]{3,20}$/) });
const EventParam = z.strictObject({ id: z.string().regex(/^evt_[0-9a-f-]{36}$/) });
const EventsQuery = z.object({ cursor: z.string().max(400).regex(/^[\w-]*$/).optional() });

@Pages()
export class EventsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('events/:sender')
  @AllowOnly('anyone')
  async list(@Param() param: unknown, @Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { sender } = parse(SenderParam, param);
    const { cursor } = parse(EventsQuery, query);
    const visit = await this.visit(request);
    const more = cursor === undefined ? '' : `&cursor=${cursor}`;
    sendPage(reply, visit, eventsPage(visit, sender, await this.services.get(`/audit/events?sender=${sender}${more}`, eventsShape, visit.person.bearer)));
  }

  @Get('events/one/:id')
  @AllowOnly('anyone')
  async one(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { id } = parse(EventParam, param);
    const visit = await this.visit(request);
    const read = await this.services.get(`/audit/events/${id}`, eventShape, visit.person.bearer);
    if (!read.ok) throw new Problem(read.status === 404 ? 'route_not_found' : read.status === 403 ? 'role_missing' : 'unavailable');
    sendPage(reply, visit, eventPage(visit, read.value));
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }
}
