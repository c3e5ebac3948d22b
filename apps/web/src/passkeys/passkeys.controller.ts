import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { factorVisit } from '../second-factor/factor-visit.js';
import type { FactorVisit } from '../second-factor/second-factor.page.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { credentialIn, CREDENTIAL_LENGTH_MAX } from './credential-in.js';
import { isRefusedPasskey, Passkeys, type RefusedPasskey } from './passkeys.data.js';
import { newPasskeyPage, passkeysPage } from './passkeys.page.js';

const PasswordForm = z.strictObject({ password: z.string().max(128) });
const NewForm = z.strictObject({ name: z.string().max(60), credential: z.string().max(CREDENTIAL_LENGTH_MAX) });
const NameForm = z.strictObject({ passkeyId: z.uuid(), name: z.string().max(60) });
const EndForm = z.strictObject({ passkeyId: z.uuid() });

@Pages()
export class PasskeysController {
  constructor(private readonly passkeys: Passkeys, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('passkeys')
  @AllowOnly('anyone')
  async show(@Query('added') added: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    sendPage(reply, visit, passkeysPage(visit, { passkeys: await this.passkeys.list(request), added: added === '1' }));
  }

  @Post('passkeys/begin')
  @HttpCode(200)
  @AllowOnly('anyone')
  async begin(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { password } = parseForm(PasswordForm, body);
    const options = await this.passkeys.begin(request, password);
    if (isRefusedPasskey(options)) return this.refuse(request, reply, options);
    const visit = await this.visit(request);
    sendPage(reply, visit, newPasskeyPage(visit, options, request.headers['user-agent']));
  }

  @Post('passkeys')
  @HttpCode(303)
  @AllowOnly('anyone')
  async add(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { name, credential } = parseForm(NewForm, body);
    await this.answer(request, reply, await this.passkeys.add(request, name, credentialIn(credential)), '/passkeys?added=1');
  }

  @Post('passkeys/name')
  @HttpCode(303)
  @AllowOnly('anyone')
  async name(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { passkeyId, name } = parseForm(NameForm, body);
    await this.answer(request, reply, await this.passkeys.name(request, passkeyId, name), '/passkeys');
  }

  @Post('passkeys/end')
  @HttpCode(303)
  @AllowOnly('anyone')
  async end(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { passkeyId } = parseForm(EndForm, body);
    await this.answer(request, reply, await this.passkeys.end(request, passkeyId), '/passkeys');
  }

  private async answer(request: FastifyRequest, reply: FastifyReply, outcome: object, path: string): Promise<void> {
    if (isRefusedPasskey(outcome)) return this.refuse(request, reply, outcome);
    seeOther(reply, path);
  }

  private async refuse(request: FastifyRequest, reply: FastifyReply, { refused, status }: RefusedPasskey): Promise<void> {
    const visit = await this.visit(request);
    sendPage(reply, visit, passkeysPage(visit, { passkeys: await this.passkeys.list(request), refused }), status);
  }

  private visit(request: FastifyRequest): Promise<FactorVisit> {
    return factorVisit(this.sessions, request, '/passkeys');
  }
}
