import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { IdentityAway } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf } from '../visit.js';
import { askedPage, askLinkPage } from './ask-link.page.js';

const AskForm = z.strictObject({ email: z.string().max(200), purpose: z.enum(['password', 'sign_in']) });
const THROTTLED = 429;

@Pages()
export class AskLinkController {
  constructor(private readonly services: Services, private readonly settings: WebSettings) {}

  @Get('forgotten-password')
  @AllowOnly('anyone')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, askLinkPage(visit, { email: '' }));
  }

  @Post('forgotten-password')
  @HttpCode(200)
  @AllowOnly('anyone')
  async ask(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const asked = parseForm(AskForm, body);
    const visit = visitOf(request);
    const response = await this.services.identity('/identity/links', { body: asked, headers: { 'x-forwarded-for': request.ip } });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (response.status !== THROTTLED) return sendPage(reply, visit, askedPage(visit));
    const minutes = Math.ceil(Number(response.headers.get('retry-after') ?? 60) / 60);
    sendPage(reply, visit, askLinkPage(visit, { email: asked.email, minutes }), THROTTLED);
  }
}
