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
import { mistypedCode } from '../voucher/code-typed.js';
import { receiptShape } from './receipt.data.js';
import { receiptForm, receiptPage } from './receipt.page.js';

const CodeForm = z.strictObject({ code: z.string().max(512) });
const MALFORMED = 400;

/** As a voucher is looked up: the code comes in the body, goes on in a body, and stands in no address, no log and no answer. */
@Pages()
export class ReceiptController {
  constructor(private readonly services: Services, private readonly settings: WebSettings) {}

  @Get('receipt')
  @AllowOnly('anyone')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, receiptForm(visit, this.settings.help));
  }

  @Post('receipt')
  @HttpCode(200)
  @AllowOnly('anyone')
  async print(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { code } = parseForm(CodeForm, body);
    const [visit, { help }] = [visitOf(request), this.settings];
    const mistyped = mistypedCode(code, visit.say);
    if (mistyped) return sendPage(reply, visit, receiptForm(visit, help, mistyped), MALFORMED);
    const found = await this.services.postPublic('/redemption/voucher-receipts', receiptShape, { body: { code }, headers: askedBy(request) });
    if (!found.ok) return sendPage(reply, visit, receiptForm(visit, help, found), found.status);
    sendPage(reply, visit, receiptPage(visit, found.value, help));
  }
}
