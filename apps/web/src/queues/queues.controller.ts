import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { SERVICES } from './queue-words.js';
import { queuesPage, waiting } from './queues.page.js';

/** Each service is asked by itself: one that is away says so in its place. */
@Pages()
export class QueuesController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('queues')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const standing = await Promise.all(SERVICES.map(async (service) => ({ service, read: await this.services.get(`/${service}/queues`, waiting, visit.person.bearer) })));
    sendPage(reply, visit, queuesPage(visit, standing, Date.now()));
  }
}
