import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { tariffAsked, TariffForm } from './tariff-form.js';
import { loadTariffs } from './tariffs.data.js';
import { tariffsPage, type RefusedTariff } from './tariffs.page.js';

const NOT_READ = 400;

@Pages()
export class TariffsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('tariffs')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.visit(request), reply);
  }

  @Post('tariffs')
  @HttpCode(303)
  @AllowOnly('anyone')
  async propose(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const typed = parseForm(TariffForm, body);
    const visit = await this.visit(request);
    const asked = tariffAsked(typed);
    if ('wrong' in asked) return this.page(visit, reply, { typed, wrong: asked.wrong }, NOT_READ);
    const set = await this.services.post('/redemption/tariffs', z.unknown(), visit.person.bearer, { body: asked.body, key: typed.key });
    if (set.ok) return seeOther(reply, '/tariffs');
    await this.page(visit, reply, { typed, code: set.code }, set.status);
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, refused?: RefusedTariff, status = 200): Promise<void> {
    sendPage(reply, visit, tariffsPage(visit, await loadTariffs(this.services, visit.person.bearer), refused), status);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/tariffs', person: await this.sessions.person(request) };
  }
}
