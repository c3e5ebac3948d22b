import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { isOutage, Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { accountPage, accountShape, type Refused, type Typed } from './account.page.js';

const AccountForm = z.strictObject({
  key: z.uuid(), iban: z.string().max(42), holder: z.string().max(70), bic: z.string().max(11).default(''), code: z.string().max(40).optional(),
});
const REFUSED = 403;

@Pages()
export class AccountController {
  constructor(
    private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings,
    private readonly factors: SecondFactors,
  ) {}

  @Get('account')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.visit(request), reply);
  }

  @Post('account')
  @HttpCode(303)
  @AllowOnly('anyone')
  async propose(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { code, ...typed } = parseForm(AccountForm, body);
    if (code !== undefined && code.trim() !== '') {
      const entered = await this.factors.enter(request, code);
      if (isRefused(entered)) return this.page(await this.visit(request), reply, { code: entered.refused, typed }, REFUSED);
    }
    // After the code: the token of before does not tell of it.
    const visit = await this.visit(request);
    const moved = await this.services.post('/settlement/own-account', z.unknown(), visit.person.bearer, { body: bodyOf(typed), key: typed.key });
    if (moved.ok) return seeOther(reply, '/account');
    // A refusal is kept with its key: what is corrected goes under a new one.
    await this.page(visit, reply, { code: moved.code, typed: isOutage(moved) ? typed : { ...typed, key: uuidv7() } }, moved.status);
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, refused?: Refused, status = 200): Promise<void> {
    sendPage(reply, visit, accountPage(visit, await this.services.get('/settlement/own-account', accountShape, visit.person.bearer), refused), status);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/account', person: await this.sessions.person(request) };
  }
}

const bodyOf = ({ iban, holder, bic }: Typed) => ({ iban, holder, ...(bic.trim() !== '' && { bic }) });
