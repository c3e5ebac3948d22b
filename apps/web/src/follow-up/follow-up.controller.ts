import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Acts } from '../stock/acts.js';
import { loadStock } from '../stock/stock.data.js';
import { alertsShape, DAYS, followUpPage, funnelShape } from './follow-up.page.js';

const HERE = '/follow-up';
const Days = z.coerce.number().pipe(z.union(DAYS.map((days) => z.literal(days))));

@Pages()
export class FollowUpController {
  constructor(private readonly acts: Acts) {}

  @Get('follow-up')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.visit(request, HERE);
    const [{ services }, { bearer }] = [this.acts, visit.person];
    const days = Days.safeParse(new URLSearchParams(visit.question).get('days')).data ?? DAYS[1];
    const [alerts, funnel, stock] = await Promise.all([
      services.get(`/issuance/stock-alerts?days=${days}`, alertsShape, bearer), services.get('/issuance/funnel', funnelShape, bearer), loadStock(services, bearer),
    ]);
    sendPage(reply, visit, followUpPage(visit, { days, alerts, funnel, stock }));
  }
}
