import { Body, Controller, Header, HttpCode, Logger, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, clientAddress, parse, Problem } from '#libs/http';
import { reject } from '#libs/kernel';
import { EMAIL_LENGTH_MAX } from '../limits.js';
import { SignInAttempts } from '../sign-in/sign-in-attempts.js';
import { AskLink } from './ask-link.command.js';

const Asked = z.strictObject({
  email: z.string().trim().toLowerCase().min(3).max(EMAIL_LENGTH_MAX),
  purpose: z.enum(['password', 'sign_in']).describe('to choose a new password, or to sign in once'),
});
const Taken = z.strictObject({ taken: z.literal(true) });

@Controller('identity/links')
export class AskLinkController {
  /** Apart from those of the door: who asks for links there must not shut it, nor the other way round. */
  private readonly attempts = new SignInAttempts();
  private readonly log = new Logger('ask-link');

  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(202)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Ask for a link by mail, whoever has the address: for a forgotten password (30 minutes), or to sign in (15 minutes)', who: 'anyone',
    body: Asked, status: 202, answer: Taken, refusals: ['sign_in_throttled'],
  })
  ask(@Body() body: unknown, @Req() request: FastifyRequest) {
    const asked = parse(Asked, body);
    const retryAfterSeconds = this.attempts.begin(clientAddress(request), asked.email);
    if (retryAfterSeconds !== undefined) throw new Problem(reject('sign_in_throttled', { retryAfterSeconds }));
    // Answered before anybody is looked for: how long it takes must not tell whether there is one. What is lost here is asked for again.
    this.commands.execute(new AskLink(asked, request.id)).catch((error: unknown) => this.log.error(error, 'a link could not be mailed'));
    return { taken: true };
  }
}
