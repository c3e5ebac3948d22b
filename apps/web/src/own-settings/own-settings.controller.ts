import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { sessionCookies } from '../cookies.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { NotSignedIn, Services } from '../services.js';
import { IdentityAway, Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf } from '../visit.js';
import { ownSettingsPage } from './own-settings.page.js';

const listShape = z.object({
  items: z.array(z.object({
    sessionId: z.string(), isThis: z.boolean(), userAgent: z.string().nullable(), since: z.string(), seenAt: z.string().nullable(),
  })),
});
const EndForm = z.strictObject({ sessionId: z.union([z.literal(''), z.uuid()]) });
const NOT_FOUND = 404;

@Pages()
export class OwnSettingsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('settings')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const response = await this.ask(request, '', undefined);
    sendPage(reply, visit, ownSettingsPage(visit, listShape.parse(await response.json()).items));
  }

  /** Which was ended already is ended: the list that follows says so. */
  @Post('settings/sessions')
  @HttpCode(303)
  @AllowOnly('anyone')
  async end(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { sessionId } = parseForm(EndForm, body);
    await this.ask(request, '/endings', sessionId === '' ? {} : { sessionId });
    seeOther(reply, '/settings');
  }

  private async ask({ headers }: FastifyRequest, path: string, body: object | undefined): Promise<Response> {
    const response = await this.services.identity(`/identity/sessions${path}`, { body, headers: { cookie: sessionCookies(headers.cookie) } });
    if (!response || (!response.ok && response.status !== 401 && response.status !== NOT_FOUND)) throw new IdentityAway();
    if (response.status === 401) throw new NotSignedIn();
    return response;
  }
}
