import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { loadProgrammes } from '../impact/impact.data.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { DIMENSIONS, loadFunnel } from './funnel.data.js';
import { funnelPage } from './funnel.page.js';

const FunnelQuery = z.object({
  by: z.enum(DIMENSIONS).catch('month'), programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/).optional().catch(undefined),
});

/** How far a payer's vouchers came. */
@Pages()
export class FunnelController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('funnel')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { by, programmeId } = parse(FunnelQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const { bearer } = visit.person;
    const [programmes, rows] = await Promise.all([
      loadProgrammes(this.services, bearer), loadFunnel(this.services, bearer, by, programmeId),
    ]);
    sendPage(reply, visit, funnelPage(visit, { by, programmeId, rows, programmes: programmes.ok ? programmes.value : [] }));
  }
}
