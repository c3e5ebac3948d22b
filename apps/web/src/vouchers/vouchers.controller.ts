import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { STOP_REASONS } from '#libs/contracts';
import { parseForm } from '#libs/http';
import { isCode } from '../hand-over/hand-over.form.js';
import { html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { problemOf, type Problem } from '../services.js';
import { Acts, BATCH_ID, typed } from '../stock/acts.js';
import { refusedNotice } from '../stock/distribution-refusals.js';
import { loadDesks } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import { loadFound, loadQuota } from './vouchers.data.js';
import { vouchersPage } from './vouchers.page.js';

const HERE = '/vouchers';
const index = z.coerce.number().int().min(0).max(2_147_483_647);
const Which = z.strictObject({ key: z.uuid(), serial: typed, batchId: BATCH_ID, first: index, last: index });
const StopForm = Which.extend({ reason: z.enum(STOP_REASONS) });
const FromStockForm = Which.extend({ given: typed });
const DONE: Readonly<Record<string, readonly [french: string, english: string]>> = {
  stopped: ['Arrêté : aucun lieu ne le prend plus.', 'Stopped: no place takes it any more.'],
  replaced: ['Remplacé.', 'Replaced.'],
};

type Asked = Readonly<{ serial: string; done: string; problem?: Problem }>;

@Pages()
export class VouchersController {
  constructor(private readonly acts: Acts) {}

  @Get('vouchers')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.visit(request, HERE);
    const asked = new URLSearchParams(visit.question);
    await this.page(visit, reply, { serial: (asked.get('serial') ?? '').trim().slice(0, 80), done: asked.get('done') ?? '' });
  }

  @Post('vouchers/stop')
  @HttpCode(303)
  @AllowOnly('anyone')
  async stop(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { key, serial, ...stop } = parseForm(StopForm, body);
    await this.acts.act(visit, reply, {
      path: '/redemption/stops', body: stop, key, then: after(serial, 'stopped'),
      refused: (problem) => this.page(visit, reply, { serial, done: '', problem }),
    });
  }

  @Post('vouchers/replace-from-stock')
  @HttpCode(303)
  @AllowOnly('anyone')
  async replaceFromStock(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { key, serial, batchId, first, last, given } = parseForm(FromStockForm, body);
    const refused = (problem: Problem) => this.page(visit, reply, { serial, done: 'asked', problem });
    if (isCode(given)) return refused(problemOf(400, 'voucher_code'));
    await this.acts.act(visit, reply, {
      path: `/issuance/batches/${batchId}/stock-replacements`, body: { first, last, given: { serial: given } }, key,
      then: after(serial, 'replaced'), refused,
    });
  }

  @Post('vouchers/replace')
  @HttpCode(303)
  @AllowOnly('anyone')
  async replace(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { key, serial, batchId, first, last } = parseForm(Which, body);
    await this.acts.act(visit, reply, {
      path: `/issuance/batches/${batchId}/replacements`, body: { first, last }, key, then: after(serial, 'replaced'),
      refused: (problem) => this.page(visit, reply, { serial, done: 'asked', problem }),
    });
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, asked: Asked): Promise<void> {
    const [{ services }, { bearer, organisation: { partyId } }] = [this.acts, visit.person];
    const isSecret = isCode(asked.serial);
    const [serial, problem] = isSecret ? ['', problemOf(400, 'voucher_code')] : [asked.serial, asked.problem];
    const [found, quota, desks] = await Promise.all([
      serial === '' ? undefined : loadFound(services, bearer, serial),
      serial === '' || partyId === null ? undefined : loadQuota(services, bearer, partyId), loadDesks(services, bearer),
    ]);
    const words = DONE[asked.done];
    const above: Piece = problem ? refusedNotice(visit, problem)
      : words && html`<div class="notice ok" role="status">${icon('done')}<p>${visit.say(...words)}</p></div>`;
    const isAsked = asked.done === 'stopped' || asked.done === 'asked';
    sendPage(reply, visit, vouchersPage(visit, { serial, found, quota, desks, above, isAsked }), problem?.status ?? 200);
  }
}

const after = (serial: string, done: string): string => `${HERE}?${new URLSearchParams({ serial, done })}`;
