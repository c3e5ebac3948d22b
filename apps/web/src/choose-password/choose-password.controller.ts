import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { signInCookies } from '../impersonations/impersonation-cookie.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { IdentityAway } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { signInLinkPage } from '../sign-in-link/sign-in-link.page.js';
import { visitOf } from '../visit.js';
import { choosePasswordPage, linkOverPage, PASSWORD_LENGTH_MIN, type Seen } from './choose-password.page.js';

const LINK_LENGTH_MAX = 100;
const seenShape = z.object({ purpose: z.enum(['invitation', 'password', 'sign_in']), name: z.string(), email: z.string() });
const ChoiceForm = z.strictObject({
  link: z.string().max(LINK_LENGTH_MAX), email: z.string().max(200), password: z.string().max(128), again: z.string().max(128),
});
const LinkForm = z.strictObject({ link: z.string().max(LINK_LENGTH_MAX) });
const [REFUSED, MALFORMED, CREATED] = [403, 400, 201];

/** What mailed links lead to. Looking uses nothing up: mail programs open links by themselves. */
@Pages()
export class ChoosePasswordController {
  constructor(private readonly services: Services, private readonly settings: WebSettings) {}

  @Get('invitation')
  @AllowOnly('anyone')
  invitation(@Query('link') link: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show(link, request, reply);
  }

  @Get('new-password')
  @AllowOnly('anyone')
  newPassword(@Query('link') link: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.show(link, request, reply);
  }

  @Get('sign-in-link')
  @AllowOnly('anyone')
  async signInLink(@Query('link') link: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [visit, brought] = [visitOf(request), textOf(link)];
    const seen = await this.look(brought);
    if (seen?.purpose !== 'sign_in') return sendPage(reply, visit, linkOverPage(visit), REFUSED);
    sendPage(reply, visit, signInLinkPage(visit, { link: brought, email: seen.email }));
  }

  @Post('choose-password')
  @HttpCode(303)
  @AllowOnly('anyone')
  async choose(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { link, password, again } = parseForm(ChoiceForm, body);
    const visit = { ...visitOf(request), path: '/sign-in' };
    const seen = await this.look(link);
    if (!seen) return sendPage(reply, visit, linkOverPage(visit), REFUSED);
    const refused = password.length < PASSWORD_LENGTH_MIN ? 'short' : password !== again ? 'unequal' : undefined;
    if (refused) return sendPage(reply, visit, choosePasswordPage(visit, { link, seen, refused }), MALFORMED);
    const response = await this.services.identity('/identity/passwords', { body: { link, password } });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (response.status !== CREATED) return sendPage(reply, visit, linkOverPage(visit), REFUSED);
    seeOther(reply, '/sign-in?chosen=1');
  }

  @Post('sign-in-link')
  @HttpCode(303)
  @AllowOnly('anyone')
  async signInByLink(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { link } = parseForm(LinkForm, body);
    const visit = { ...visitOf(request), path: '/sign-in' };
    const headers = { 'x-forwarded-for': request.ip, 'user-agent': request.headers['user-agent'] ?? '' };
    const response = await this.services.identity('/identity/auth/sign-in/link', { body: { link }, headers });
    if (!response || response.status >= 500) throw new IdentityAway();
    if (!response.ok) return sendPage(reply, visit, linkOverPage(visit), REFUSED);
    void reply.header('set-cookie', signInCookies(response));
    seeOther(reply, '/home');
  }

  private async show(link: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [visit, brought] = [visitOf(request), textOf(link)];
    const seen = await this.look(brought);
    if (!seen || seen.purpose === 'sign_in') return sendPage(reply, visit, linkOverPage(visit), REFUSED);
    sendPage(reply, visit, choosePasswordPage(visit, { link: brought, seen }));
  }

  private async look(link: string): Promise<Seen | undefined> {
    if (link === '') return undefined;
    const response = await this.services.identity('/identity/links/looks', { body: { link } });
    if (!response || response.status >= 500) throw new IdentityAway();
    return response.ok ? seenShape.parse(await response.json()) : undefined;
  }
}

const textOf = (link: unknown): string => (typeof link === 'string' ? link.slice(0, LINK_LENGTH_MAX) : '');
