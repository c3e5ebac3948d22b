import { Body, Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, clientAddress, parse, Problem } from '#libs/http';
import { isRejected, reject } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { PasskeyDesk } from '../passkeys/passkey-desk.js';
import { AssertionBody, RequestOptions } from '../passkeys/passkey-shapes.js';
import { AddressCount } from '../sign-in/address-count.js';
import { SignInAttempts } from '../sign-in/sign-in-attempts.js';
import { SignInByPasskey } from './sign-in-by-passkey.command.js';

const Nothing = z.strictObject({});
const Shown = z.strictObject({ credential: AssertionBody });
const Done = z.strictObject({ signedIn: z.literal(true) });

/** Open to anybody, and bounded as passwords are: per place and key, and per place alone. */
@Controller('identity/auth')
export class SignInByPasskeyController {
  private readonly attempts = new SignInAttempts();

  constructor(
    private readonly commands: CommandBus, private readonly authentication: Authentication, private readonly addresses: AddressCount,
    private readonly desk: PasskeyDesk,
  ) {}

  /** Nothing is kept of it: it is computed, and says nothing of anybody. */
  @Post('passkey-challenges')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({ summary: 'What the browser asks the device to sign in (`navigator.credentials.get`); good for five minutes, once', who: 'anyone', body: Nothing, answer: RequestOptions })
  challenge(@Body() body: unknown) {
    parse(Nothing, body);
    return this.desk.request({ purpose: 'sign_in' });
  }

  @Post('sign-in/passkey')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Sign in by a passkey: two factors at once, because its device checks its person; the answer sets a session cookie', who: 'anyone', body: Shown,
    answer: Done, refusals: ['sign_in_throttled', 'passkey_challenge_over', 'passkey_not_taken', 'passkey_unverified'],
  })
  async signIn(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { credential } = parse(Shown, body);
    const address = clientAddress(request);
    const retryAfterSeconds = this.attempts.begin(address, credential.id) ?? await this.addresses.begin(address);
    if (retryAfterSeconds !== undefined) throw new Problem(reject('sign_in_throttled', { retryAfterSeconds }));
    const outcome = await this.commands.execute(new SignInByPasskey(credential, request.id));
    if (isRejected(outcome)) throw new Problem(outcome);
    this.attempts.succeed(address, credential.id);
    await this.addresses.succeed(address);
    const cookies = await this.authentication.open(outcome.userId, { by: 'passkey', with: outcome.challengeId }, request.headers['user-agent']);
    void reply.header('set-cookie', [...cookies]);
    return { signedIn: true as const };
  }
}
