import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IMPERSONATED_KINDS, ROLES, type Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { ownOrganisation } from '../add-member/add-member.controller.js';
import { Authentication } from '../authentication.js';
import { MembershipAnswer, shownMembership } from '../identity-view.js';
import { IMPERSONATION_MINUTES_MAX, IMPERSONATION_MINUTES_MIN, NAME_LENGTH_MAX, PURPOSE_LENGTH_MAX, REASON_LENGTH_MIN } from '../limits.js';
import { signedInBy } from '../sessions/signed-in.js';
import type { ImpersonationReadingRow, ImpersonationRow } from './impersonation.store.js';
import {
  BeginImpersonation, EndImpersonation, FindOrganisations, IssueImpersonationToken, ListImpersonationReadings, ListImpersonations,
} from './impersonations.commands.js';

const impersonationId = idText('impersonation');
const Asked = z.strictObject({
  organisationId: idIn('organisation'), role: z.enum(ROLES).describe('of that kind of organisation'),
  reason: textIn(PURPOSE_LENGTH_MAX).refine((text) => text.length >= REASON_LENGTH_MIN, 'too short to say why').describe('its people read it'),
  minutes: z.int().min(IMPERSONATION_MINUTES_MIN).max(IMPERSONATION_MINUTES_MAX),
});
const Begun = z.strictObject({ impersonationId, expiresAt: z.iso.datetime() });
const Named = z.strictObject({ impersonationId: idIn('impersonation') });
const Ended = z.strictObject({ impersonationId });
const Token = z.strictObject({
  token: z.string(), expiresAt: z.iso.datetime(), name: z.string(), membership: MembershipAnswer, until: z.iso.datetime().describe('when it ends at the latest'),
});
const Listed = pageQuery.extend({ impersonationId: idIn('impersonation').optional() });
const Shown = z.strictObject({
  impersonationId, organisationId: idText('organisation'), organisationName: z.string(), userId: idText('user'), userName: z.string(), role: z.enum(ROLES),
  reason: z.string(), begunAt: z.iso.datetime(), expiresAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable(),
  endedBy: z.enum(['person', 'sign_out', 'right']).nullable(), isOpen: z.boolean(), readingCount: z.int(),
});
const Reading = z.strictObject({ at: z.iso.datetime(), method: z.string(), route: z.string(), asked: z.string().describe('the address with its question, without what somebody typed') });
const Search = z.strictObject({ named: textIn(NAME_LENGTH_MAX).describe('a part of the name') });
const Organisations = z.strictObject({ items: z.array(z.strictObject({ organisationId: idText('organisation'), kind: z.enum(IMPERSONATED_KINDS), name: z.string() })) });

/** Whoever answers for an organisation reads who looked as it; the operator reads all of them. */
const READERS = ['helper', 'operator', 'approver', 'payer', 'manager', 'distributor'] as const;

@Controller('identity')
export class ImpersonationsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus, private readonly authentication: Authentication) {}

  @Post('impersonations')
  @HttpCode(201)
  @Api({
    summary: 'Look as an organisation in one of its roles, for some minutes, and change nothing; the people who answer for it are told by mail', who: ['helper'],
    freshSecondFactor: true, body: Asked, status: 201, answer: Begun,
    refusals: ['organisation_not_found', 'impersonation_not_of_kind', 'role_not_of_organisation', 'impersonation_open', 'impersonation_over'],
  })
  async begin(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const outcome = await this.commands.execute(new BeginImpersonation(parse(Asked, body), meta.caller.endsWith ?? [], meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, impersonationId: shownId(outcome.impersonationId) };
  }

  /** By the cookie, as a token is: the token of an impersonation itself may do nothing. */
  @Post('impersonations/tokens')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({ summary: 'Exchange the session cookie for a token of five minutes at most that looks as the organisation', who: 'anyone', body: Named, answer: Token, refusals: ['impersonation_over'] })
  async issue(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { impersonationId: id } = parse(Named, body);
    const signedIn = await signedInBy(this.authentication, request);
    const issued = await this.queries.execute(new IssueImpersonationToken(id, signedIn));
    if (isRejected(issued)) throw new Problem(issued);
    const { signed, impersonation: { membershipId, organisationId, organisationName, kind, partyId, role, expiresAt } } = issued;
    const membership = shownMembership({ membershipId, organisationId, name: organisationName, kind, partyId, roles: [role] });
    return { ...signed, name: signedIn.name, membership, until: expiresAt.toISOString() };
  }

  @Post('impersonations/endings')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Api({ summary: 'End an impersonation of the person of the session cookie: its tokens are refused within seconds', who: 'anyone', body: Named, answer: Ended, refusals: ['impersonation_over'] })
  async end(@Body() body: unknown, @Req() request: FastifyRequest) {
    const { impersonationId: id } = parse(Named, body);
    const outcome = await this.commands.execute(new EndImpersonation(id, await signedInBy(this.authentication, request), request.id));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { impersonationId: shownId(outcome.impersonationId) };
  }

  @Get('impersonations')
  @Header('cache-control', 'no-store')
  @Api({ summary: 'Who of the operator looked as the own organisation, and why, newest first; for the operator as any', who: READERS, query: Listed, answer: pageAnswer(Shown) })
  async list(@Query() query: unknown, @Caller() caller: Principal) {
    const { limit, cursor, impersonationId: id } = parse(Listed, query);
    const [below] = cursor ? readCursor(z.tuple([z.uuid()]), cursor) : [null];
    const filter = { organisationId: ownOrganisation(caller) ?? undefined, impersonationId: id };
    const rows = await this.queries.execute(new ListImpersonations(filter, limit + 1, below));
    return pageOf(rows, limit, (row) => [row.impersonationId], shown);
  }

  @Get('impersonations/:impersonationId/readings')
  @Header('cache-control', 'no-store')
  @Api({ summary: 'What was asked under an impersonation, at any service, in its order', who: READERS, query: pageQuery, answer: pageAnswer(Reading) })
  async readings(@Param('impersonationId') id: string, @Query() query: unknown, @Caller() caller: Principal) {
    const { limit, cursor } = parse(pageQuery, query);
    const after = cursor ? readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor) : null;
    const asked = new ListImpersonationReadings(parse(idIn('impersonation'), id), ownOrganisation(caller), { limit: limit + 1, after });
    return pageOf(await this.queries.execute(asked), limit, ({ readAt, readingId }) => [readAt.toISOString(), readingId], shownReading);
  }

  @Get('organisations')
  @Header('cache-control', 'no-store')
  @Api({ summary: 'Payers, places and distributors by a part of their name: to look as one, or at its keys', who: ['helper', 'operator', 'approver'], query: Search, answer: Organisations })
  async find(@Query() query: unknown) {
    const found = await this.queries.execute(new FindOrganisations(parse(Search, query).named));
    return { items: found.map(({ organisationId, kind, name }) => ({ organisationId: idOut('organisation', idOf('organisation', organisationId)), kind, name })) };
  }
}

const shownId = (id: string): string => idOut('impersonation', idOf('impersonation', id));

const shown = (
  { impersonationId: id, organisationId, userId, begunAt, expiresAt, endedAt, ...row }: ImpersonationRow,
): z.output<typeof Shown> => ({
  ...row, impersonationId: shownId(id), organisationId: idOut('organisation', idOf('organisation', organisationId)), userId: idOut('user', idOf('user', userId)),
  begunAt: begunAt.toISOString(), expiresAt: expiresAt.toISOString(), endedAt: endedAt?.toISOString() ?? null,
});

const shownReading = ({ readAt, method, route, asked }: ImpersonationReadingRow): z.output<typeof Reading> =>
  ({ at: readAt.toISOString(), method, route, asked });
