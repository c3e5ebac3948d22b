import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly, KEY_SCOPES } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { apiKeysShape } from './api-keys.data.js';
import { apiKeysPage, KEY_DAYS, madeKeyPage, type KeysSaid, type RefusedKey } from './api-keys.page.js';

const made = z.object({ prefix: z.string(), expiresAt: z.string(), key: z.string().nullable() });
/** `left`: of keysLeftPath. */
const Asked = z.object({ left: z.string().max(1_000).optional() });
const MakeForm = z.strictObject({
  key: z.uuid(), code: z.string().max(40).optional(), label: z.string().max(200), days: z.enum(KEY_DAYS),
  ...Object.fromEntries(KEY_SCOPES.map((scope) => [scope, z.literal('yes').optional()])),
});
type Filled = Readonly<{ key: string; code?: string | undefined; label: string; days: string }>;
const EndForm = z.strictObject({ key: z.uuid(), keyId: z.string().max(50) });

@Pages()
export class ApiKeysController {
  constructor(
    private readonly services: Services, private readonly sessions: Sessions, private readonly factors: SecondFactors,
    private readonly settings: WebSettings,
  ) {}

  @Get('api-keys')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { left = '' } = parse(Asked, query);
    await this.page(await this.visit(request), reply, { left: left.split(',') });
  }

  /** Answered and not redirected: the key stands in no address, and is not asked for a second time. */
  @Post('api-keys/make')
  @HttpCode(200)
  @AllowOnly('anyone')
  async make(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const filled = parseForm(MakeForm, body) as Filled;
    const refusedBy = (code: string): RefusedKey => ({
      code, action: '/api-keys/make', fields: Object.entries(filled).filter((entry): entry is [string, string] => entry[0] !== 'code' && typeof entry[1] === 'string'),
    });
    if (filled.code !== undefined) {
      const entered = await this.factors.enter(request, filled.code);
      if (isRefused(entered)) return this.page(await this.visit(request), reply, { refused: refusedBy(entered.refused) });
    }
    const visit = await this.visit(request);
    const { label, days, key } = filled;
    const posted = { body: { label, days: Number(days), scopes: KEY_SCOPES.filter((scope) => scope in filled) }, key };
    const answer = await this.services.post('/identity/api-keys', made, visit.person.bearer, posted);
    if (!answer.ok) return this.page(visit, reply, { refused: refusedBy(answer.code) });
    sendPage(reply, visit, madeKeyPage(visit, answer.value));
  }

  @Post('api-keys/end')
  @HttpCode(303)
  @AllowOnly('anyone')
  async end(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, keyId } = parseForm(EndForm, body);
    const visit = await this.visit(request);
    const answer = await this.services.post('/identity/api-keys/endings', z.unknown(), visit.person.bearer, { body: { keyId }, key });
    // Which was ended already is ended: the list that follows says so.
    if (answer.ok || answer.code === 'api_key_not_found') return seeOther(reply, '/api-keys');
    await this.page(visit, reply, { refused: { code: answer.code, action: '/api-keys/end', fields: [] } });
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, said: KeysSaid): Promise<void> {
    const keys = await this.services.get('/identity/api-keys', apiKeysShape, visit.person.bearer);
    sendPage(reply, visit, apiKeysPage(visit, keys, said), said.refused ? 403 : 200);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/api-keys', person: await this.sessions.person(request) };
  }
}
