import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { askedBy, Services } from '../services.js';
import { WebSettings } from '../settings.js';
import { visitOf, type Visit } from '../visit.js';
import { mistypedCode } from '../voucher/code-typed.js';
import { lostPage, reportedPage, stoppedPage, type LostWrong } from './lost.page.js';

const CodeForm = z.strictObject({ code: z.string().max(512), reason: z.enum(['lost', 'stolen']) });
const NumberForm = z.strictObject({ number: z.string().max(200) });
const stoppedShape = z.object({ serial: z.string(), stoppedOn: z.string(), stoppedBefore: z.boolean() });
const reportedShape = z.object({ reference: z.string() });
const MALFORMED = 400;

/** For whoever lost a voucher. Sending a form twice does nothing twice: the answers are then the same. */
@Pages()
export class LostController {
  constructor(private readonly services: Services, private readonly settings: WebSettings) {}

  @Get(['lost', 'lost/number'])
  @AllowOnly('anyone')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.send(reply, visitOf(request), {}, 200);
  }

  @Post('lost')
  @HttpCode(200)
  @AllowOnly('anyone')
  async stop(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const form = parseForm(CodeForm, body);
    const visit = visitOf(request);
    const mistyped = mistypedCode(form.code, visit.say);
    if (mistyped) return this.send(reply, visit, { code: mistyped }, MALFORMED);
    const stopped = await this.services.postPublic('/redemption/lost-vouchers', stoppedShape, { body: form, headers: askedBy(request) });
    if (!stopped.ok) return this.send(reply, visit, { problem: stopped }, stopped.status);
    sendPage(reply, visit, stoppedPage(visit, this.settings.help, stopped.value));
  }

  @Post('lost/number')
  @HttpCode(200)
  @AllowOnly('anyone')
  async report(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { number } = parseForm(NumberForm, body);
    const visit = visitOf(request);
    const reported = await this.services.postPublic('/redemption/loss-reports', reportedShape, { body: { number: number.slice(0, 80) }, headers: askedBy(request) });
    if (reported.ok) return sendPage(reply, visit, reportedPage(visit, this.settings.help, reported.value.reference));
    const sentence = visit.say('Un caractère manque ou est mal lu. Relisez le numéro.', 'A character is missing or misread. Read the number again.');
    const wrong: LostWrong = reported.errors.length > 0 ? { number: { sentence, kept: number } } : { problem: reported };
    this.send(reply, visit, wrong, reported.status);
  }

  private send(reply: FastifyReply, visit: Visit, wrong: LostWrong, status: number): void {
    sendPage(reply, visit, lostPage({ ...visit, path: '/lost' }, this.settings.help, wrong), status);
  }
}
