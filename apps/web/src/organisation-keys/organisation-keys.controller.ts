import { Body, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm } from '#libs/http';
import { apiKeysShape } from '../api-keys/api-keys.data.js';
import { Asked, findOrganisations, organisationId } from '../find-organisation/find-organisation.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { organisationKeysPage } from './organisation-keys.page.js';

const EndForm = z.strictObject({ key: z.uuid(), keyId: z.string().max(50), organisationId, named: z.string().max(200) });
type Chosen = z.output<typeof Asked>;

@Pages()
export class OrganisationKeysController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('organisation-keys')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.visit(request), parse(Asked, query), reply);
  }

  @Post('organisation-keys/end')
  @HttpCode(303)
  @AllowOnly('anyone')
  async end(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, keyId, ...chosen } = parseForm(EndForm, body);
    const visit = await this.visit(request);
    const answer = await this.services.post('/identity/api-keys/endings', z.unknown(), visit.person.bearer, { body: { keyId }, key });
    // Which was ended already is ended: the list that follows says so.
    if (answer.ok || answer.code === 'api_key_not_found') return seeOther(reply, `/organisation-keys?${new URLSearchParams(chosen).toString()}`);
    await this.page(visit, chosen, reply, answer.code);
  }

  private async page(
    visit: SignedInVisit, { named = '', organisationId: wanted }: Chosen, reply: FastifyReply, refused?: string,
  ): Promise<void> {
    const { bearer } = visit.person;
    const found = await findOrganisations(this.services, bearer, named);
    const organisation = found?.ok ? found.value.find((one) => one.organisationId === wanted) : undefined;
    const keys = organisation && await this.services.get(`/identity/api-keys?organisationId=${organisation.organisationId}`, apiKeysShape, bearer);
    const chosen = organisation && keys && { organisation, keys };
    sendPage(reply, visit, organisationKeysPage(visit, { named, found, chosen, refused }), refused === undefined ? 200 : 403);
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/organisation-keys', person: await this.sessions.person(request) };
  }
}
