import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { LINK_LENGTH_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../limits.js';
import { ChoosePassword, LookAtLink } from './choose-password.command.js';

const link = z.string().min(1).max(LINK_LENGTH_MAX).describe('what stands behind link= in the mail');
const Choice = z.strictObject({ link, password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX) });
const Chosen = z.strictObject({ email: z.string() });
const Look = z.strictObject({ link });
const Seen = z.strictObject({ purpose: z.enum(['invitation', 'password', 'sign_in']), name: z.string(), email: z.string(), expiresAt: z.iso.datetime() });

@Controller('identity')
export class ChoosePasswordController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('passwords')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Choose a password by the link of an invitation or of a forgotten password, which opens once; a forgotten one ends the passkeys of who has no authenticator, but not those of staff', who: 'anyone', body: Choice, status: 201, answer: Chosen,
    refusals: ['link_over'],
  })
  async choose(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { link: brought, password } = parse(Choice, body);
    const outcome = await this.commands.execute(new ChoosePassword(brought, password, request.id));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { email: outcome.email };
  }

  @Post('links/looks')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({ summary: 'What a mailed link is for, and for whom; it stays unused', who: 'anyone', body: Look, answer: Seen, refusals: ['link_over'] })
  async look(@Body() body: unknown) {
    const outcome = await this.queries.execute(new LookAtLink(parse(Look, body).link));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { purpose, name, email, expiresAt } = outcome;
    return { purpose, name, email, expiresAt: expiresAt.toISOString() };
  }
}
