// Signing in by a passkey, and showing one where a code is asked for. The two questions are asked by the script, in JSON.
import { Body, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { signInCookies } from '../impersonations/impersonation-cookie.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { ownPath } from '../sign-in/own-path.js';
import { signInPage } from '../sign-in/sign-in.page.js';
import { WebSettings } from '../settings.js';
import { visitOf } from '../visit.js';
import { credentialIn, CREDENTIAL_LENGTH_MAX } from './credential-in.js';
import { isRefusedPasskey, Passkeys } from './passkeys.data.js';

const Nothing = z.strictObject({});
const DoorForm = z.strictObject({ credential: z.string().max(CREDENTIAL_LENGTH_MAX), next: z.string().max(300) });
const ProofForm = z.strictObject({ credential: z.string().max(CREDENTIAL_LENGTH_MAX) });
const problemShape = z.object({ code: z.string() });
const THROTTLED = 429;

@Pages()
export class PasskeyDoorController {
  constructor(private readonly passkeys: Passkeys, private readonly settings: WebSettings) {}

  @Post('sign-in/passkey-challenge')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @AllowOnly('anyone')
  async doorChallenge(
    @Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    assertSameOrigin(request, this.settings.baseUrl);
    parseForm(Nothing, body);
    return said(reply, await this.passkeys.doorChallenge(request));
  }

  @Post('sign-in/passkey')
  @HttpCode(303)
  @AllowOnly('anyone')
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { credential, next } = parseForm(DoorForm, body);
    const response = await this.passkeys.signIn(request, credentialIn(credential));
    if (response.ok) {
      void reply.header('set-cookie', signInCookies(response));
      return seeOther(reply, ownPath(next));
    }
    const { code } = problemShape.parse(await response.json());
    const minutes = response.status === THROTTLED ? Math.ceil(Number(response.headers.get('retry-after') ?? 60) / 60) : undefined;
    const visit = { ...visitOf(request), path: '/sign-in' };
    sendPage(reply, visit, signInPage(visit, { email: '', next: ownPath(next), failed: true, passkeyRefused: code, minutes }), response.status);
  }

  @Post('second-factor/passkey-challenge')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @AllowOnly('anyone')
  async challenge(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    assertSameOrigin(request, this.settings.baseUrl);
    parseForm(Nothing, body);
    return said(reply, await this.passkeys.challenge(request));
  }

  @Post('second-factor/passkey')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @AllowOnly('anyone')
  async prove(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { credential } = parseForm(ProofForm, body);
    return said(reply, await this.passkeys.prove(request, credentialIn(credential)));
  }
}

/** The script shows one sentence, whatever it was. */
function said(reply: FastifyReply, outcome: object): object {
  if (isRefusedPasskey(outcome)) void reply.status(outcome.status);
  return outcome;
}
