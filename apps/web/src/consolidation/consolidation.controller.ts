import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { accountsPage, factsPage } from './consolidated-account.page.js';
import { AccountQuery, consolidationQuestion, consolidationShape, ConsolidationQuery, factsShape, keyedShape } from './consolidation.data.js';
import { consolidationPage } from './consolidation.page.js';

@Pages()
export class ConsolidationController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('consolidation')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(ConsolidationQuery, query);
    const visit = await this.visit(request);
    const read = await this.services.get(`/audit/consolidation${consolidationQuestion(asked)}`, consolidationShape, visit.person.bearer);
    sendPage(reply, visit, consolidationPage(visit, asked.at, read));
  }

  @Get('consolidation/accounts')
  @AllowOnly('anyone')
  async accounts(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(AccountQuery, query);
    const visit = await this.visit(request);
    const read = await this.services.get(`/audit/consolidation/accounts${consolidationQuestion(asked)}`, keyedShape, visit.person.bearer);
    sendPage(reply, visit, accountsPage(visit, asked, read));
  }

  @Get('consolidation/facts')
  @AllowOnly('anyone')
  async facts(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(AccountQuery, query);
    const visit = await this.visit(request);
    const read = await this.services.get(`/audit/consolidation/facts${consolidationQuestion(asked)}`, factsShape, visit.person.bearer);
    sendPage(reply, visit, factsPage(visit, asked, read));
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }
}
