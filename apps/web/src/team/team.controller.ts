import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { AllowOnly, ROLES } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { apiKeysShape, keysLeftPath, type ApiKey } from '../api-keys/api-keys.data.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { isOutage, Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { leavePage } from './leave.page.js';
import { teamPage, type RefusedMove } from './team.page.js';

const memberShape = z.object({
  userId: z.string(), name: z.string(), email: z.string(), roles: z.array(z.string()), since: z.string(), state: z.enum(['invited', 'proposed', 'in_force']),
  invitedUntil: z.string().nullable(), hasSecondFactor: z.boolean(),
});
const list = z.object({ items: z.array(memberShape) }).transform(({ items }) => items);
const meShape = z.object({ userId: z.string() });
const MoveParam = z.strictObject({ move: z.enum(['invite', 'invite-again', 'roles', 'confirm', 'end']) });
/** One form for all moves: what a move does not need is not in it. Besides, of each key whether it ends with its maker. */
const MoveForm = z.strictObject({
  key: z.uuid(), code: z.string().max(40).optional(), userId: z.string().max(40).optional(), name: z.string().max(200).optional(),
  email: z.string().max(200).optional(),
  ...Object.fromEntries(ROLES.map((role) => [role, z.literal('yes').optional()])),
}).catchall(z.enum(['end', 'keep']));
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
    const choices = choicesIn(filled);
    if (move === 'end' && choices.length === 0) {
      const keys = await this.keysOf(visit, filled.userId);
      if (keys.length > 0) return sendPage(reply, visit, leavePage(visit, { key: filled.key, userId: filled.userId ?? '', keys }));
    }
    const posted = { body: bodyOf(move, filled, organisationId), key: filled.key };
    const moved = await this.services.post(PATHS[move], z.unknown(), bearer, posted);
    if (moved.ok) {
      const left = move === 'end' ? await this.endKeys(visit, choices) : [];
      return seeOther(reply, left.length > 0 ? keysLeftPath(left) : '/team');
    }
    await this.page(visit, reply, refusedBy(moved.code));
  }

  /** Those in force that the person made: they would go on. Who may read no keys here has none to decide about. */
  private async keysOf({ person: { bearer } }: SignedInVisit, userId: string | undefined): Promise<readonly ApiKey[]> {
    const keys = await this.services.get('/identity/api-keys', apiKeysShape, bearer);
    if (!keys.ok && isOutage(keys)) throw new Problem('unavailable');
    return keys.ok ? keys.value.filter(({ state, madeById }) => state === 'in_force' && madeById === userId) : [];
  }

  /** After the membership. Which could not be ended: they would go on, and the person believes that they do not. */
  private async endKeys({ person: { bearer } }: SignedInVisit, choices: readonly KeyChoice[]): Promise<readonly string[]> {
    const left: string[] = [];
    for (const [keyId] of choices.filter(([, choice]) => choice === 'end')) {
      const ended = await this.services.post('/identity/api-keys/endings', z.unknown(), bearer, { body: { keyId }, key: uuidv7() });
      if (!ended.ok && ended.code !== 'api_key_not_found') left.push(keyId);
    }
    return left;
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

type KeyChoice = readonly [keyId: string, choice: string];
const choicesIn = (filled: Filled): readonly KeyChoice[] =>
  Object.entries(filled).filter((entry): entry is [string, string] => /^key_[0-9a-f-]{36}$/.test(entry[0]) && typeof entry[1] === 'string');

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
