import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, parse } from '#libs/http';
import { reject } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { PASSWORD_LENGTH_MAX } from '../limits.js';
import { CreationOptions, NewCredentialBody, PasskeyName } from '../passkeys/passkey-shapes.js';
import { SignInAttempts } from '../sign-in/sign-in-attempts.js';
import { AddPasskey, BeginPasskey } from './add-passkey.command.js';
import { signedInBy } from '../sessions/signed-in.js';
import { countedGuess } from '../sign-in/counted-guess.js';

const Password = z.strictObject({ password: z.string().min(1).max(PASSWORD_LENGTH_MAX) });
const Made = z.strictObject({ name: PasskeyName.describe('what its person calls it'), credential: NewCredentialBody });
const Added = z.strictObject({ passkeyId: z.uuid() });

/** With the cookie of a sign-in, as second factors are. */
@Controller('identity/passkeys')
export class AddPasskeyController {
  /** Not those of the door, as for second factors; counted for the person, from wherever the guesses come. */
  private readonly attempts = new SignInAttempts();

  constructor(private readonly commands: CommandBus, private readonly authentication: Authentication) {}

  @Post('challenges')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Begin a passkey: what the browser asks the device (`navigator.credentials.create`); with the password, and the second factor of who has one',
    who: 'anyone', body: Password, status: 201, answer: CreationOptions,
    refusals: ['sign_in_throttled', 'password_wrong', 'second_factor_asked', 'passkeys_too_many'],
  })
  async begin(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { password } = parse(Password, body);
    const signedIn = await signedInBy(this.authentication, request);
    return countedGuess(this.attempts, 'passkey', signedIn, async () => (await this.authentication.hasPassword(request.headers.cookie ?? '', password)
      ? this.commands.execute(new BeginPasskey(signedIn, request.id)) : reject('password_wrong')));
  }

  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Add a passkey: what the device answered; it opens from now on, and was shown in this sign-in', who: 'anyone', body: Made, status: 201,
    answer: Added, refusals: [
      'sign_in_throttled', 'second_factor_asked', 'passkey_challenge_over', 'passkey_not_taken', 'passkey_unverified', 'passkey_exists', 'passkeys_too_many',
    ],
  })
  async add(@Body() body: unknown, @Req() request: FastifyRequest) {
    const made = parse(Made, body);
    const signedIn = await signedInBy(this.authentication, request);
    return countedGuess(this.attempts, 'passkey', signedIn, () => this.commands.execute(new AddPasskey(signedIn, made, request.id)));
  }
}
