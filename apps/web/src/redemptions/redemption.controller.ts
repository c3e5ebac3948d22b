import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { redemptionPage, sharesShape } from './redemption.page.js';

const RedemptionParam = z.strictObject({ redemptionId: z.string().regex(/^red_[0-9a-f-]{36}$/) });

@Pages()
export class RedemptionController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('redemptions/:redemptionId')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { redemptionId } = parse(RedemptionParam, param);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const read = await this.services.get(`/settlement/redemptions/${redemptionId}/shares`, sharesShape, visit.person.bearer);
    // Settlement hears of a redemption within seconds: until then it is known, and not divided.
    if (!read.ok && read.status === 404 && read.code !== 'claim_line_unknown') throw new Problem('route_not_found');
    sendPage(reply, visit, redemptionPage(visit, redemptionId, read));
  }
}
