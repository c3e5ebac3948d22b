import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { COEFFICIENT_CODES } from '#libs/figures';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { lastYear, loadImpact, loadProgrammes } from './impact.data.js';
import { impactPage } from './impact.page.js';

const monthTyped = z.string().regex(/^\d{4}-\d{2}$/).optional().catch(undefined);
const codes = z.union([z.enum(COEFFICIENT_CODES).transform((one) => [one]), z.array(z.enum(COEFFICIENT_CODES))]).default([]);
const ImpactQuery = z.object({ programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/).optional(), from: monthTyped, to: monthTyped, reject: codes });

/** What services came to, for those who pay for them and those who check: facts first, then estimates that one may reject. */
@Pages()
export class ImpactController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('impact')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(ImpactQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const { bearer } = visit.person;
    const programmes = await loadProgrammes(this.services, bearer);
    const usual = lastYear(new Date());
    const programmeId = asked.programmeId ?? (programmes.ok ? programmes.value[0]?.programmeId : undefined);
    const period = { from: asked.from ?? usual.from, to: asked.to ?? usual.to, rejected: asked.reject };
    const read = programmeId === undefined ? null : await loadImpact(this.services, bearer, { ...period, programmeId });
    sendPage(reply, visit, impactPage(visit, programmes, { ...period, programmeId: programmeId ?? '' }, read));
  }
}
