import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem as Failure } from '#libs/http';
import { day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { isOutage, problemOf, type Problem } from '../services.js';
import { Acts, bookletsTyped } from '../stock/acts.js';
import { refusedNotice } from '../stock/distribution-refusals.js';
import { loadDesks, loadStock, rangeText } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';
import { loadLatest, madeShape } from './hand-over.data.js';
import { isCode, rangeBody, RangeForm, scanBody, ScanForm, type RangeTyped, type Scan } from './hand-over.form.js';
import { handOverPage, rangeCheckPage } from './hand-over.page.js';

const HERE = '/hand-over';
const HandOverParam = z.strictObject({ handOverId: z.string().regex(/^hnd_[0-9a-f-]{36}$/) });
const ReturnForm = z.strictObject({ key: z.uuid() });
const Letter = z.object({
  programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/), commune: z.string().trim().max(5), print: z.enum(['normal', 'large']).default('normal'),
});
/** What the page says after a hand-over; it comes back in the address, so that reloading hands nothing over. */
const Done = z.object({ done: z.string().regex(/^hnd_[0-9a-f-]{36}$/), ends: z.iso.date().optional(), stop: z.literal('1').optional() });

type Asked = Readonly<{ body: object; key: string }>;
type Given = Readonly<{ scan?: Scan; range?: RangeTyped }>;

@Pages()
export class HandOverController {
  constructor(private readonly acts: Acts) {}

  @Get('hand-over')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.acts.visit(request, HERE), reply);
  }

  @Post('hand-over')
  @HttpCode(303)
  @AllowOnly('anyone')
  async scan(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const scan = parseForm(ScanForm, body);
    if (isCode(scan.serial)) return this.page(visit, reply, problemOf(400, 'voucher_code'), { scan: { ...scan, serial: '' } });
    await this.give(visit, reply, { body: scanBody(scan), key: scan.key }, { scan });
  }

  @Post('hand-over/range/check')
  @HttpCode(200)
  @AllowOnly('anyone')
  async check(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const range = parseForm(RangeForm, body);
    const booklets = bookletsTyped(range.first, range.last);
    if (!booklets) return this.page(visit, reply, problemOf(400, 'booklets_wrong'), { range });
    const stock = await loadStock(this.acts.services, visit.person.bearer);
    const row = stock.ok ? stock.value.items.find(({ batchId }) => batchId === range.batchId) : undefined;
    if (!row) return this.page(visit, reply, stock.ok ? problemOf(404, 'batch_not_found') : stock, { range });
    sendPage(reply, visit, rangeCheckPage(visit, range, row, booklets));
  }

  @Post('hand-over/range')
  @HttpCode(303)
  @AllowOnly('anyone')
  async range(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const range = parseForm(RangeForm, body);
    const asked = rangeBody(range);
    if (!asked) return this.page(visit, reply, problemOf(400, 'booklets_wrong'), { range });
    await this.give(visit, reply, { body: asked, key: range.key }, { range });
  }

  @Post('hand-overs/:handOverId/return')
  @HttpCode(303)
  @AllowOnly('anyone')
  async takeBack(
    @Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { handOverId } = parse(HandOverParam, param);
    const { key } = parseForm(ReturnForm, body);
    await this.acts.act(visit, reply, {
      path: `/issuance/hand-overs/${handOverId}/returns`, body: {}, key, then: '/hand-overs',
      refused: (problem) => this.page(visit, reply, problem),
    });
  }

  @Get('hand-over/letter')
  @AllowOnly('anyone')
  async letter(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.visit(request, HERE);
    const { programmeId, commune, print } = parse(Letter, Object.fromEntries(new URLSearchParams(visit.question)));
    const question = new URLSearchParams({ programmeId, commune, print, language: visit.language });
    const answer = await this.acts.services.pass(`/issuance/orientation-letters?${question}`, visit.person.bearer);
    if (!answer || answer.status >= 500) throw new Failure('unavailable');
    if (!answer.ok) return this.page(visit, reply, problemOf(answer.status, answer.status === 403 ? 'role_missing' : 'commune_wrong'));
    void reply.headers({ 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="orientation.pdf"', 'cache-control': 'no-store' })
      .send(Buffer.from(await answer.arrayBuffer()));
  }

  private async give(visit: SignedInVisit, reply: FastifyReply, asked: Asked, given: Given): Promise<void> {
    const made = await this.acts.post(visit, '/issuance/hand-overs', madeShape, asked);
    if (!made.ok) return this.page(visit, reply, made, isOutage(made) ? given : withFreshKey(given));
    const [ending] = made.value.ending;
    const told = new URLSearchParams({ done: made.value.handOvers[0]?.handOverId ?? '', ...(ending && { ends: ending.usableUntil }) });
    if (ending?.stop) told.set('stop', '1');
    seeOther(reply, `${HERE}?${told}`);
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, problem?: Problem, given: Given = {}): Promise<void> {
    const [{ services }, { bearer }] = [this.acts, visit.person];
    const asked = [loadStock(services, bearer), loadDesks(services, bearer), loadLatest(services, bearer)] as const;
    const [stock, desks, latest] = await Promise.all(asked);
    const { data } = Done.safeParse(Object.fromEntries(new URLSearchParams(visit.question)));
    const one = data && latest.ok ? latest.value.find(({ handOverId }) => handOverId === data.done) : undefined;
    const above: Piece = problem ? refusedNotice(visit, problem) : data && one && doneNotice(visit, rangeText(one, visit), data);
    sendPage(reply, visit, handOverPage(visit, { stock, desks, latest, above, ...given }), problem?.status ?? 200);
  }
}

/** What was refused is answered for good under its key: what is corrected is asked anew. Without an answer, the same key asks again. */
const withFreshKey = ({ scan, range }: Given): Given => ({ ...(scan && { scan: { ...scan, key: uuidv7() } }), ...(range && { range }) });

function doneNotice({ say, language }: SignedInVisit, what: string, { ends, stop }: z.output<typeof Done>): Html {
  return html`<div class="notice ok" role="status">${icon('done')}<p><b>${say(`Remis : ${what}.`, `Handed over: ${what}.`)}</b> ${
    say('Une erreur ? Reprenez-le dans les dernières remises.', 'A mistake? Take it back among the latest hand-overs.')}</p></div>${
    ends !== undefined && html`<div class="notice wait" role="status">${icon('hourglass')}<p>${say('Dernier jour du service :', 'Last day of service:')} ${day(ends, language)}. ${
      stop && say('Les financeurs demandent de ne plus remettre ce lot.', 'The payers ask that this batch is not handed over any more.')}</p></div>`}`;
}
