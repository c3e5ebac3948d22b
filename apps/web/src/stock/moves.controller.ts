import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { problemOf, type Problem } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { Acts, BATCH_ID, bookletsTyped, typed } from './acts.js';
import { refusedNotice } from './distribution-refusals.js';
import { lossPage, sendPageOf, type Loss, type Send } from './moves.page.js';
import { loadDesks, loadStock } from './stock.data.js';

const booklets = { key: z.uuid(), batchId: BATCH_ID, first: typed, last: typed };
const SendForm = z.strictObject({ ...booklets, to: typed, distributorId: typed, fromAgentId: typed });
const LossForm = z.strictObject({ ...booklets, reason: z.enum(['lost', 'stolen']) });
const [SEND, LOSS] = ['/send-stock', '/lost-stock'] as const;

@Pages()
export class MovesController {
  constructor(private readonly acts: Acts) {}

  @Get('send-stock')
  @AllowOnly('anyone')
  async showSend(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sendPage(await this.acts.visit(request, SEND), reply);
  }

  @Get('lost-stock')
  @AllowOnly('anyone')
  async showLoss(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.lossPage(await this.acts.visit(request, LOSS), reply);
  }

  @Post('send-stock')
  @HttpCode(303)
  @AllowOnly('anyone')
  async send(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, SEND);
    const { key, ...given } = parseForm(SendForm, body);
    const range = bookletsTyped(given.first, given.last);
    const to = goalOf(given);
    if (!range || !to) return this.sendPage(visit, reply, problemOf(400, range ? 'goal_missing' : 'booklets_wrong'), given);
    await this.acts.act(visit, reply, {
      path: '/issuance/transfers', key, then: '/deliveries',
      body: { batchId: given.batchId, booklets: range, to, ...(given.fromAgentId !== '' && { fromAgentId: given.fromAgentId }) },
      refused: (problem) => this.sendPage(visit, reply, problem, given),
    });
  }

  /** Issuance tells redemption, which stops them a moment later: nobody types indices for a stop that comes by itself. */
  @Post('lost-stock')
  @HttpCode(303)
  @AllowOnly('anyone')
  async lose(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, LOSS);
    const { key, ...given } = parseForm(LossForm, body);
    const range = bookletsTyped(given.first, given.last);
    if (!range) return this.lossPage(visit, reply, problemOf(400, 'booklets_wrong'), given);
    await this.acts.act(visit, reply, {
      path: '/issuance/stock-losses', key, then: '/stock', body: { batchId: given.batchId, booklets: range, reason: given.reason },
      refused: (problem) => this.lossPage(visit, reply, problem, given),
    });
  }

  private async sendPage(visit: SignedInVisit, reply: FastifyReply, problem?: Problem, given?: Send): Promise<void> {
    const [{ services }, { bearer }] = [this.acts, visit.person];
    const [stock, desks] = await Promise.all([loadStock(services, bearer), loadDesks(services, bearer)]);
    const above = problem && refusedNotice(visit, problem);
    sendPage(reply, visit, sendPageOf(visit, { stock, desks, above, given }), problem?.status ?? 200);
  }

  private async lossPage(visit: SignedInVisit, reply: FastifyReply, problem?: Problem, given?: Loss): Promise<void> {
    const stock = await loadStock(this.acts.services, visit.person.bearer);
    sendPage(reply, visit, lossPage(visit, { stock, above: problem && refusedNotice(visit, problem), given }), problem?.status ?? 200);
  }
}

function goalOf({ to, distributorId }: Send): object | undefined {
  if (to === 'operator' || to === 'own_stock') return { kind: to };
  if (to.startsWith('agt_')) return { kind: 'agent', agentId: to };
  return to === 'distributor' && distributorId !== '' ? { kind: 'distributor', distributorId } : undefined;
}
