import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { loadProgrammeNames, loadRules } from './desk.data.js';
import { rulesPage } from './rules.page.js';

const empty = z.literal('');
const RulesQuery = z.object({
  programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/).or(empty).default(''), day: z.iso.date().or(empty).default(''),
  placeId: z.string().regex(/^plc_[0-9a-f-]{36}$/).or(empty).default(''),
});

/** Nothing is asked before a programme and a day are named. */
@Pages()
export class RulesController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('desk/rules')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(RulesQuery, query);
    const person = await this.sessions.person(request);
    if (person.organisation.kind !== 'auditor') throw new Problem('role_missing');
    const visit = { ...visitOf(request), person };
    const isAsked = asked.programmeId !== '' && asked.day !== '';
    const [programmes, rules] = await Promise.all([
      loadProgrammeNames(this.services, person.bearer), isAsked ? loadRules(this.services, person.bearer, asked) : undefined,
    ]);
    sendPage(reply, visit, rulesPage(visit, { ...asked, programmes, rules }));
  }
}
