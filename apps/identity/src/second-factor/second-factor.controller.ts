import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, parse } from '#libs/http';
import { reject } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { PASSWORD_LENGTH_MAX } from '../limits.js';
import { SignInAttempts } from '../sign-in/sign-in-attempts.js';
import { BeginSecondFactor, ConfirmSecondFactor, ShowSecondFactor, UseSecondFactor } from './second-factor.commands.js';
import { signedInBy } from '../sessions/signed-in.js';
import { countedGuess } from '../sign-in/counted-guess.js';

const Password = z.strictObject({ password: z.string().min(1).max(PASSWORD_LENGTH_MAX) });
const Code = z.strictObject({ code: z.string().trim().min(6).max(40).describe('six digits, or a recovery code') });
const State = z.strictObject({ state: z.enum(['none', 'begun', 'in_force']), recoveryCodesLeft: z.int().nullable(), passkeys: z.int() });
const Enrolment = z.strictObject({
  uri: z.string().describe('otpauth://, for a QR'), secret: z.string().describe('the same to type, in base 32'),
});
const Sheet = z.strictObject({ recoveryCodes: z.array(z.string()).describe('told once; each opens once') });
const Used = z.strictObject({ recoveryCodesLeft: z.int() });

/** With the cookie of the sign-in that a code counts for, as tokens are asked for. */
@Controller('identity/second-factors')
export class SecondFactorController {
  /** Not those of the door: who tries ten thousand addresses there must not make this forget a guess. */
  private readonly attempts = new SignInAttempts();

  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly authentication: Authentication) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Api({ summary: 'Whether the person of the session cookie has a second factor', who: 'anyone', answer: State })
  async show(@Req() request: FastifyRequest) {
    return this.queries.execute(new ShowSecondFactor((await signedInBy(this.authentication, request)).userId));
  }

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Begin a second factor: the secret for an authenticator, told once; with the password, and a code of the one in force', who: 'anyone',
    body: Password, status: 201, answer: Enrolment, refusals: ['sign_in_throttled', 'password_wrong', 'second_factor_exists'],
  })
  async begin(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { password } = parse(Password, body);
    const signedIn = await signedInBy(this.authentication, request);
    return countedGuess(this.attempts, 'second factor', signedIn, async () => (await this.authentication.hasPassword(request.headers.cookie ?? '', password)
      ? this.commands.execute(new BeginSecondFactor(signedIn, request.id)) : reject('password_wrong')));
  }

  @Post('confirmations')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Enter its first code: from now on it is in force, and the sheet of recovery codes is told once', who: 'anyone', body: Code, answer: Sheet,
    refusals: ['sign_in_throttled', 'second_factor_not_begun', 'second_factor_exists', 'code_wrong', 'code_used'],
  })
  async confirm(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { code } = parse(Code, body);
    const signedIn = await signedInBy(this.authentication, request);
    return countedGuess(this.attempts, 'second factor', signedIn, () => this.commands.execute(new ConfirmSecondFactor(signedIn, code, request.id)));
  }

  @Post('codes')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Enter a code: tokens of this sign-in then open for ten minutes what moves money or rights', who: 'anyone', body: Code, answer: Used,
    refusals: ['sign_in_throttled', 'second_factor_missing', 'code_wrong', 'code_used'],
  })
  async use(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { code } = parse(Code, body);
    const signedIn = await signedInBy(this.authentication, request);
    return countedGuess(this.attempts, 'second factor', signedIn, () => this.commands.execute(new UseSecondFactor(signedIn, code, request.id)));
  }
}
