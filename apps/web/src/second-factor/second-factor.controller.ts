import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { factorVisit } from './factor-visit.js';
import { isRefused, SecondFactors } from './second-factor.data.js';
import { confirmPage, enrolmentPage, sheetPage, statePage, type FactorVisit } from './second-factor.page.js';

const PasswordForm = z.strictObject({ password: z.string().max(128) });
const CodeForm = z.strictObject({ code: z.string().max(40) });
const REFUSED = 403;

@Pages()
export class SecondFactorController {
  constructor(private readonly factors: SecondFactors, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('second-factor')
  @AllowOnly('anyone')
  async show(@Query('code') code: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    sendPage(reply, visit, statePage(visit, await this.factors.state(request), { entering: code === '1' }));
  }

  @Post('second-factor/begin')
  @HttpCode(200)
  @AllowOnly('anyone')
  async begin(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { password } = parseForm(PasswordForm, body);
    const visit = await this.visit(request);
    const begun = await this.factors.begin(request, password);
    if (!isRefused(begun)) return sendPage(reply, visit, enrolmentPage(visit, begun));
    sendPage(reply, visit, statePage(visit, await this.factors.state(request), { refused: begun.refused }), REFUSED);
  }

  @Post('second-factor/confirm')
  @HttpCode(200)
  @AllowOnly('anyone')
  async confirm(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { code } = parseForm(CodeForm, body);
    const visit = await this.visit(request);
    const confirmed = await this.factors.confirm(request, code);
    if (isRefused(confirmed)) return sendPage(reply, visit, confirmPage(visit, confirmed.refused), REFUSED);
    sendPage(reply, visit, sheetPage(visit, confirmed.recoveryCodes));
  }

  @Post('second-factor/code')
  @HttpCode(303)
  @AllowOnly('anyone')
  async enter(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { code } = parseForm(CodeForm, body);
    const visit = await this.visit(request);
    const entered = await this.factors.enter(request, code);
    if (!isRefused(entered)) return seeOther(reply, visit.person ? '/second-factor' : '/home');
    sendPage(reply, visit, statePage(visit, await this.factors.state(request), { refused: entered.refused }), REFUSED);
  }

  private visit(request: FastifyRequest): Promise<FactorVisit> {
    return factorVisit(this.sessions, request, '/second-factor');
  }
}
