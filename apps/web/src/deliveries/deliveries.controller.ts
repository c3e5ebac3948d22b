import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { problemOf, type Problem } from '../services.js';
import { Acts, bookletsTyped, typed } from '../stock/acts.js';
import { refusedNotice } from '../stock/distribution-refusals.js';
import { loadDesks } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import { loadDeliveries } from './deliveries.data.js';
import { deliveriesPage, type Typed } from './deliveries.page.js';

const DeliveryParam = z.strictObject({ deliveryId: z.string().regex(/^dlv_[0-9a-f-]{36}$/) });
/** Without numbers: all that is under way. */
const ReceiptForm = z.strictObject({ key: z.uuid(), first: typed, last: typed });
const LossForm = z.strictObject({ key: z.uuid() });
const HERE = '/deliveries';

@Pages()
export class DeliveriesController {
  constructor(private readonly acts: Acts) {}

  @Get('deliveries')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.visit(request, HERE);
    await this.page(visit, reply);
  }

  @Post('deliveries/:deliveryId/receipt')
  @HttpCode(303)
  @AllowOnly('anyone')
  async confirm(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { deliveryId } = parse(DeliveryParam, param);
    const { key, first, last } = parseForm(ReceiptForm, body);
    const isPart = first !== '' || last !== '';
    const booklets = bookletsTyped(first, last);
    const given = isPart ? { deliveryId, first, last } : undefined;
    if (isPart && !booklets) return this.page(visit, reply, problemOf(400, 'booklets_wrong'), given);
    await this.acts.act(visit, reply, {
      path: `/issuance/deliveries/${deliveryId}/receipts`, body: isPart ? { ranges: [{ booklets }] } : {}, key, then: HERE,
      refused: (problem) => this.page(visit, reply, problem, given),
    });
  }

  @Post('deliveries/:deliveryId/loss')
  @HttpCode(303)
  @AllowOnly('anyone')
  async lose(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { deliveryId } = parse(DeliveryParam, param);
    const { key } = parseForm(LossForm, body);
    await this.acts.act(visit, reply, {
      path: `/issuance/deliveries/${deliveryId}/losses`, body: {}, key, then: HERE, refused: (problem) => this.page(visit, reply, problem),
    });
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, problem?: Problem, given?: Typed): Promise<void> {
    const { bearer } = visit.person;
    const cursor = new URLSearchParams(visit.question).get('cursor') ?? '';
    const { services } = this.acts;
    const [deliveries, desks] = await Promise.all([loadDeliveries(services, bearer, cursor), loadDesks(services, bearer)]);
    const above = problem && refusedNotice(visit, problem);
    sendPage(reply, visit, deliveriesPage(visit, { deliveries, desks, above, typed: given }), problem?.status ?? 200);
  }
}
