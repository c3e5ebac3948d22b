import { Body, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { distributorHomePage, loadDistributorHome } from '../home/distributor-home.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf } from '../visit.js';
import { lossRefusal } from './losses.part.js';

const LossParam = z.strictObject({ reportId: z.string().regex(/^lrp_[0-9a-f-]{36}$/) });
const AnswerForm = z.strictObject({ key: z.uuid(), outcome: z.enum(['stopped', 'left']) });
const answered = z.object({ outcome: z.string() });
/** Somebody else was quicker: the list, which is shown next, says so by being shorter. */
const DONE_ALREADY = 'loss_report_answered';

@Pages()
export class LossesController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Post('losses/:reportId')
  @HttpCode(303)
  @AllowOnly('anyone')
  async answer(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { reportId } = parse(LossParam, param);
    const { key, outcome } = parseForm(AnswerForm, body);
    const visit = { ...visitOf(request), path: '/home', person: await this.sessions.person(request) };
    const { bearer } = visit.person;
    const done = await this.services.post(`/redemption/loss-reports/${reportId}/answers`, answered, bearer, { body: { outcome }, key });
    if (done.ok || done.code === DONE_ALREADY) return seeOther(reply, '/home');
    const home = await loadDistributorHome(this.services, bearer);
    sendPage(reply, visit, distributorHomePage(visit, home, lossRefusal(visit, done)), done.status);
  }
}
