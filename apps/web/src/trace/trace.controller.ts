import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { beginningOf, traceShape } from './trace.data.js';
import { tracePage } from './trace.page.js';

const TraceQuery = z.object({ of: z.string().trim().max(80).default(''), cursor: z.string().max(400).optional() });

/** The way of a cent, both ways, from whatever somebody has in hand. */
@Pages()
export class TraceController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('trace')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { of, cursor } = parse(TraceQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    if (of === '') return sendPage(reply, visit, tracePage(visit, of, null));
    const { name, value } = beginningOf(of);
    const question = new URLSearchParams({ [name]: value, ...(cursor !== undefined && { cursor }) });
    sendPage(reply, visit, tracePage(visit, of, await this.services.get(`/audit/traces?${question}`, traceShape, visit.person.bearer)));
  }
}
