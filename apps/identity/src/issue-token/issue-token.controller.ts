import { Body, Controller, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, idIn, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { MembershipAnswer, shownMembership } from '../identity-view.js';
import { IssueToken } from './issue-token.query.js';
import { TokenSigner } from './token-signer.js';
import { signedInBy } from '../sessions/signed-in.js';

const Choice = z.strictObject({ organisationId: idIn('organisation').optional() });
const TokenAnswer = z.strictObject({
  token: z.string(), expiresAt: z.iso.datetime(), name: z.string(), membership: MembershipAnswer, memberships: z.array(MembershipAnswer),
});

@Controller('identity')
export class IssueTokenController {
  constructor(private readonly queries: QueryBus, private readonly authentication: Authentication, private readonly signer: TokenSigner) {}

  @Post('tokens')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({
    summary: 'Exchange the session cookie for a token of five minutes, for one organisation', who: 'anyone', body: Choice,
    answer: TokenAnswer, refusals: ['membership_missing', 'second_factor_missing', 'second_factor_asked'],
  })
  async issue(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { organisationId } = parse(Choice, body);
    const signedIn = await signedInBy(this.authentication, request);
    const issued = await this.queries.execute(new IssueToken(signedIn, organisationId));
    if (isRejected(issued)) throw new Problem(issued);
    const { signed, membership, memberships } = issued;
    return { ...signed, name: signedIn.name, membership: shownMembership(membership), memberships: memberships.map(shownMembership) };
  }

  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=300')
  @Api({ summary: 'The public keys that tokens are verified with (RFC 7517)', who: 'anyone' })
  keys() {
    return this.signer.publicKeys();
  }
}
