import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { loadStatements, statementsPage } from './statements.page.js';

@Pages()
export class StatementsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('statements')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    sendPage(reply, visit, statementsPage(visit, await loadStatements(this.services, visit.person.bearer)));
  }
}
