import { Body, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services, type Problem as Refused } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadVintages } from './vintage.data.js';
import { vintagePage, vintagesPage } from './vintages.page.js';

const Named = z.strictObject({ programmeId: z.string().regex(/^prg_[0-9a-f-]{36}$/), usableUntil: z.iso.date(), step: z.string().regex(/^[a-z_]{1,30}$/) });
type Named = z.output<typeof Named>;
/** The digest goes with the form: what was read is what is signed. */
const SignForm = z.strictObject({ key: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** Vouchers that end, and what a payer signs of them. */
@Pages()
export class VintagesController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('vintages')
  @AllowOnly('anyone')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visit(request);
    sendPage(reply, visit, vintagesPage(visit, await loadVintages(this.services, visit.person.bearer)));
  }

  @Get('vintages/:programmeId/:usableUntil/:step')
  @AllowOnly('anyone')
  async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(parse(Named, param), await this.visit(request), reply);
  }

  @Post('vintages/:programmeId/:usableUntil/:step')
  @HttpCode(303)
  @AllowOnly('anyone')
  async sign(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const [named, { key, sha256 }, visit] = [parse(Named, param), parseForm(SignForm, body), await this.visit(request)];
    const read = await this.services.post('/issuance/vintage-sign-offs', z.unknown(), visit.person.bearer, { body: { ...named, sha256 }, key });
    if (read.ok) return seeOther(reply, pathOf(named));
    await this.page(named, visit, reply, read);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  private async page(named: Named, visit: SignedInVisit, reply: FastifyReply, refused?: Refused): Promise<void> {
    const read = await loadVintages(this.services, visit.person.bearer);
    if (!read.ok) throw new Problem(read.status === 403 ? 'role_missing' : 'unavailable');
    const found = read.value.find(({ programmeId, usableUntil, step }) => pathOf({ programmeId, usableUntil, step }) === pathOf(named));
    if (!found) throw new Problem('route_not_found');
    sendPage(reply, visit, vintagePage({ ...visit, path: pathOf(named) }, found, refused?.code), refused?.status ?? 200);
  }
}

const pathOf = ({ programmeId, usableUntil, step }: Named): string => `/vintages/${programmeId}/${usableUntil}/${step}`;
