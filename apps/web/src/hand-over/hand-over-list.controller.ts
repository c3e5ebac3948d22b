import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem as Failure } from '#libs/http';
import { csvLine } from '#libs/tabular';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { problemOf } from '../services.js';
import { Acts } from '../stock/acts.js';
import type { SignedInVisit } from '../visit.js';
import { isCode } from './hand-over.form.js';
import { loadFaults, takenShape, trialShape, type FaultRow } from './hand-over-list.data.js';
import { listPage, takenPage, trialPage } from './hand-over-list.page.js';
import { rowWords } from './hand-over-list.words.js';

const HERE = '/hand-over/list';
const list = z.string().max(1_000_000);
const ListForm = z.strictObject({ list });
const TakeForm = z.strictObject({ key: z.uuid(), list, again: z.literal('true').optional() });
const ListParam = z.strictObject({ importId: z.string().regex(/^imp_[0-9a-f-]{36}$/) });
const BYTE_ORDER_MARK = '\uFEFF';

/** Somebody pasted the codes of vouchers: the list goes no further, and is not shown again. */
const hasCode = (text: string): boolean => text.split('\n').slice(1).some((line) => isCode(line.split(/[;,\t]/, 1)[0]!));

@Pages()
export class HandOverListController {
  constructor(private readonly acts: Acts) {}

  @Get('hand-over/list')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.visit(request, HERE);
    sendPage(reply, visit, listPage(visit));
  }

  @Post('hand-over/list/change')
  @HttpCode(200)
  @AllowOnly('anyone')
  async change(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    sendPage(reply, visit, listPage(visit, parseForm(ListForm, body).list));
  }

  @Post('hand-over/list/check')
  @HttpCode(200)
  @AllowOnly('anyone')
  async check(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const typed = parseForm(ListForm, body).list;
    if (hasCode(typed)) return sendPage(reply, visit, listPage(visit, undefined, problemOf(400, 'voucher_code')), 400);
    const trial = await this.try(visit, typed);
    if (!trial.ok) return sendPage(reply, visit, listPage(visit, typed, trial), trial.status);
    sendPage(reply, visit, trialPage(visit, typed, trial.value));
  }

  @Post('hand-over/list/faults.csv')
  @HttpCode(200)
  @AllowOnly('anyone')
  async faults(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const typed = parseForm(ListForm, body).list;
    const trial = await this.try(visit, typed);
    if (!trial.ok) return sendPage(reply, visit, listPage(visit, typed, trial), trial.status);
    sendFaults(reply, visit, trial.value.rows.filter(({ outcome }) => outcome === 'refused'));
  }

  @Post('hand-over/list')
  @HttpCode(303)
  @AllowOnly('anyone')
  async take(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { key, list: csv, again } = parseForm(TakeForm, body);
    const path = `/issuance/hand-over-files${again ? '?again=true' : ''}`;
    const taken = await this.acts.services.post(path, takenShape, visit.person.bearer, { body: undefined, csv, key });
    if (!taken.ok) return sendPage(reply, visit, listPage(visit, csv, taken), taken.status);
    seeOther(reply, `${HERE}/${taken.value.importId}`);
  }

  @Get('hand-over/list/:importId')
  @AllowOnly('anyone')
  async taken(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { importId } = parse(ListParam, param);
    const visit = await this.acts.visit(request, `${HERE}/${importId}`);
    const [{ services }, { bearer }] = [this.acts, visit.person];
    const [read, faults] = await Promise.all([
      services.get(`/issuance/hand-over-files/${importId}`, takenShape, bearer), loadFaults(services, bearer, importId),
    ]);
    if (!read.ok && read.status === 404) throw new Failure('route_not_found');
    sendPage(reply, visit, takenPage(visit, read, faults));
  }

  @Get('hand-over/list/:importId/faults.csv')
  @AllowOnly('anyone')
  async takenFaults(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { importId } = parse(ListParam, param);
    const visit = await this.acts.visit(request, HERE);
    const faults = await loadFaults(this.acts.services, visit.person.bearer, importId);
    if (!faults) throw new Failure('unavailable');
    sendFaults(reply, visit, faults);
  }

  private try({ person }: SignedInVisit, csv: string) {
    return this.acts.services.post('/issuance/hand-over-files/trials', trialShape, person.bearer, { body: undefined, csv });
  }
}

function sendFaults(reply: FastifyReply, { say }: SignedInVisit, rows: readonly FaultRow[]): void {
  const head = csvLine([say('Ligne', 'Line'), say('Numéro', 'Number'), say('Pourquoi', 'Why')], ';');
  const lines = rows.map(({ line, externalId, code }) => csvLine([line, externalId, rowWords(code, say)], ';'));
  void reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="faults.csv"', 'cache-control': 'no-store' })
    .send(BYTE_ORDER_MARK + head + lines.join(''));
}
