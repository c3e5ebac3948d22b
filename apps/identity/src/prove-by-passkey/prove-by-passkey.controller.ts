import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { AssertionBody, RequestOptions } from '../passkeys/passkey-shapes.js';
import { SignInAttempts } from '../sign-in/sign-in-attempts.js';
import { AskForPasskey, ProveByPasskey } from './prove-by-passkey.command.js';
import { signedInBy } from '../sessions/signed-in.js';
import { countedGuess } from '../sign-in/counted-guess.js';

const Nothing = z.strictObject({});
const Shown = z.strictObject({ credential: AssertionBody });
const Proved = z.strictObject({ proved: z.literal(true) });

/** With the cookie of the sign-in that it counts for, as codes are entered. */
@Controller('identity/second-factors')
export class ProveByPasskeyController {
  private readonly attempts = new SignInAttempts();

  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly authentication: Authentication) {}

  @Post('passkey-challenges')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'What the browser asks a device of this person, to show a passkey in the place of a code (`navigator.credentials.get`)', who: 'anyone', body: Nothing,
    answer: RequestOptions, refusals: ['second_factor_missing'],
  })
  async challenge(@Body() body: unknown, @Req() request: FastifyRequest) {
    parse(Nothing, body);
    const outcome = await this.queries.execute(new AskForPasskey(await signedInBy(this.authentication, request)));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Post('passkeys')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Show a passkey in the place of a code: tokens of this sign-in then open for ten minutes what moves money or rights', who: 'anyone', body: Shown,
    answer: Proved, refusals: ['sign_in_throttled', 'passkey_challenge_over', 'passkey_not_taken', 'passkey_unverified'],
  })
  async prove(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { credential } = parse(Shown, body);
    const signedIn = await signedInBy(this.authentication, request);
    return countedGuess(this.attempts, 'passkey', signedIn, () => this.commands.execute(new ProveByPasskey(signedIn, credential, request.id)));
  }
}
