import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { EndSessions, ShowSessions } from './sessions.commands.js';
import { signedInBy } from './signed-in.js';

const List = z.strictObject({
  items: z.array(z.strictObject({
    sessionId: z.uuid(), isThis: z.boolean(), userAgent: z.string().nullable(), since: z.iso.datetime(),
    seenAt: z.iso.datetime().nullable(),
  })),
});
const Ending = z.strictObject({ sessionId: z.uuid().optional().describe('one; without it all but the one of the cookie') });
const Ended = z.strictObject({ ended: z.int() });

/** With the cookie of a sign-in, as second factors are. */
@Controller('identity/sessions')
export class SessionsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly authentication: Authentication) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Api({ summary: 'The open sign-ins of the person of the session cookie, the newest first', who: 'anyone', answer: List })
  async list(@Req() request: FastifyRequest) {
    const { userId, sessionId: own } = await signedInBy(this.authentication, request);
    const sessions = await this.queries.execute(new ShowSessions(userId));
    return {
      items: sessions.map(({ sessionId, userAgent, since, seenAt }) => ({
        sessionId, isThis: sessionId === own, userAgent: userAgent || null, since: since.toISOString(),
        seenAt: seenAt?.toISOString() ?? null,
      })),
    };
  }

  @Post('endings')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({ summary: 'End one of them, or all others: their tokens are refused within seconds', who: 'anyone', body: Ending, answer: Ended, refusals: ['session_not_found'] })
  async end(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { sessionId } = parse(Ending, body);
    const outcome = await this.commands.execute(new EndSessions(await signedInBy(this.authentication, request), sessionId, request.id));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}
