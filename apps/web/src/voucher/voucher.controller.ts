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
import { visitOf } from '../visit.js';
import { mistypedCode } from './code-typed.js';
import { heldVoucherShape } from './voucher.data.js';
import { heldVoucherPage, voucherPage } from './voucher.page.js';

const CodeForm = z.strictObject({ code: z.string().max(512) });
const MALFORMED = 400;

/**
 * What the QR of a voucher leads to: `/v#CODE`. The code comes in the body of the form, typed or filled in by the script, goes to
 * redemption in a body, and stands in no address, no log and no answer.
 */
@Pages()
export class VoucherController {
  constructor(private readonly services: Services, private readonly settings: WebSettings) {}

  @Get('v')
  @AllowOnly('anyone')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, voucherPage(visit, this.settings.help));
  }

  @Post('v')
  @HttpCode(200)
  @AllowOnly('anyone')
  async lookUp(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { code } = parseForm(CodeForm, body);
    const visit = visitOf(request);
    const { help } = this.settings;
    const mistyped = mistypedCode(code, visit.say);
    if (mistyped) return sendPage(reply, visit, voucherPage(visit, help, mistyped), MALFORMED);
    const found = await this.services.postPublic('/redemption/voucher-look-ups', heldVoucherShape, { body: { code }, headers: askedBy(request) });
    if (!found.ok) return sendPage(reply, visit, voucherPage(visit, help, found), found.status);
    sendPage(reply, visit, heldVoucherPage(visit, found.value, { help, now: new Date() }));
  }
}
