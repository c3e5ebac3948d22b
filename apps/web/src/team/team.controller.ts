import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { teamPage, type RefusedMove } from './team.page.js';

const ROLES = ['payer', 'till', 'manager', 'distributor', 'operator', 'approver', 'auditor'] as const;
const memberShape = z.object({
  userId: z.string(), name: z.string(), email: z.string(), roles: z.array(z.string()), since: z.string(), state: z.enum(['invited', 'proposed', 'in_force']),
  invitedUntil: z.string().nullable(), hasSecondFactor: z.boolean(),
});
const list = z.object({ items: z.array(memberShape) }).transform(({ items }) => items);
const meShape = z.object({ userId: z.string() });
const MoveParam = z.strictObject({ move: z.enum(['invite', 'invite-again', 'roles', 'confirm', 'end']) });
/** One form for all moves: what a move does not need is not in it. */
const MoveForm = z.strictObject({
  key: z.uuid(), code: z.string().max(40).optional(), userId: z.string().max(40).optional(), name: z.string().max(200).optional(),
  email: z.string().max(200).optional(),
  ...Object.fromEntries(ROLES.map((role) => [role, z.literal('yes').optional()])),
});
type Filled = Readonly<{ key: string } & Partial<Record<'code' | 'userId' | 'name' | 'email', string | undefined>>>;
type Move = z.output<typeof MoveParam>['move'];

@Pages()
export class TeamController {
  constructor(
    private readonly services: Services, private readonly sessions: Sessions, private readonly factors: SecondFactors,
    private readonly settings: WebSettings,
  ) {}

  @Get('team')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.visit(request), reply);
  }

  @Post('team/:move')
  @HttpCode(303)
  @AllowOnly('anyone')
  async move(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { move } = parse(MoveParam, param);
    const filled = parseForm(MoveForm, body) as Filled;
    const refusedBy = (code: string): RefusedMove => ({
      code, action: `/team/${move}`,
      fields: Object.entries(filled).filter((entry): entry is [string, string] => entry[0] !== 'code' && typeof entry[1] === 'string'),
    });
    if (filled.code !== undefined) {
      const entered = await this.factors.enter(request, filled.code);
      if (isRefused(entered)) return this.page(await this.visit(request), reply, refusedBy(entered.refused));
    }
    const visit = await this.visit(request);
    const { bearer, organisation: { organisationId } } = visit.person;
    const posted = { body: bodyOf(move, filled, organisationId), key: filled.key };
    const moved = await this.services.post(PATHS[move], z.unknown(), bearer, posted);
    if (moved.ok) return seeOther(reply, '/team');
    await this.page(visit, reply, refusedBy(moved.code));
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, refused?: RefusedMove): Promise<void> {
    const { bearer } = visit.person;
    const [members, me] = await Promise.all([
      this.services.get('/identity/members', list, bearer), this.services.get('/identity/me', meShape, bearer),
    ]);
    sendPage(reply, visit, teamPage(visit, { members, ownUserId: me.ok ? me.value.userId : '', refused }), refused ? 403 : 200);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/team', person: await this.sessions.person(request) };
  }
}

const PATHS: Readonly<Record<Move, string>> = {
  invite: '/identity/members', 'invite-again': '/identity/members/invitations', roles: '/identity/members/roles',
  confirm: '/identity/members/confirmations', end: '/identity/members/endings',
};

function bodyOf(move: Move, filled: Filled, organisationId: string): object {
  const { userId, name, email } = filled;
  const roles = ROLES.filter((role) => role in filled);
  switch (move) {
    case 'invite': return { organisationId, name, email, roles };
    case 'roles': return { organisationId, userId, roles };
    case 'confirm': return { userId, roles };
    case 'invite-again': case 'end': return { organisationId, userId };
  }
}
