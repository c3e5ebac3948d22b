import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { PasskeyName } from '../passkeys/passkey-shapes.js';
import { EndPasskey, NamePasskey, ShowPasskeys } from './own-passkeys.commands.js';
import { signedInBy } from '../sessions/signed-in.js';

const List = z.strictObject({
  items: z.array(z.strictObject({ passkeyId: z.uuid(), name: z.string(), addedAt: z.iso.datetime(), usedAt: z.iso.datetime().nullable() })),
});
const Naming = z.strictObject({ passkeyId: z.uuid(), name: PasskeyName });
const Ending = z.strictObject({ passkeyId: z.uuid() });
const Done = z.strictObject({ passkeyId: z.uuid() });

/** With the cookie of a sign-in, as its other keys are. */
@Controller('identity/passkeys')
export class OwnPasskeysController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly authentication: Authentication) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Api({ summary: 'The passkeys of the person of the session cookie, the newest first', who: 'anyone', answer: List })
  async list(@Req() request: FastifyRequest) {
    const passkeys = await this.queries.execute(new ShowPasskeys((await signedInBy(this.authentication, request)).userId));
    return {
      items: passkeys.map(({ addedAt, usedAt, ...shown }) =>
        ({ ...shown, addedAt: addedAt.toISOString(), usedAt: usedAt?.toISOString() ?? null })),
    };
  }

  @Post('names')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({ summary: 'Call one of them otherwise', who: 'anyone', body: Naming, answer: Done, refusals: ['passkey_not_found'] })
  async name(@Body() body: unknown, @Req() request: FastifyRequest) {
    const named = parse(Naming, body);
    const outcome = await this.commands.execute(new NamePasskey(await signedInBy(this.authentication, request), named, request.id));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Post('endings')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'End one of them: it opens nothing any more, and other sign-ins that it was shown in end. With a second factor shown lately', who: 'anyone',
    body: Ending, answer: Done, refusals: ['passkey_not_found', 'second_factor_asked'],
  })
  async end(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { passkeyId } = parse(Ending, body);
    const outcome = await this.commands.execute(new EndPasskey(await signedInBy(this.authentication, request), passkeyId, request.id));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}
