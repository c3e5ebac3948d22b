import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import type { Html } from '../html.js';
import { seeOther, sendTillPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { no } from '../redeem/redeem.page.js';
import { assertSameOrigin } from '../same-origin.js';
import { Services, type Problem } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { codeAnswer, devicesPage } from './devices.page.js';
import { deviceRefusal } from './device-refusals.js';

const device = z.object({
  deviceId: z.string(), name: z.string(), enrolledAt: z.string(), revokedAt: z.string().nullable(), lastUsedAt: z.string().nullable(),
});
const list = z.object({ items: z.array(device) }).transform(({ items }) => items);
const rule = z.object({ devicesOnly: z.boolean() });
const opened = z.object({ code: z.string(), expiresAt: z.string() });

const KeyForm = z.strictObject({ key: z.uuid() });
const RuleForm = z.strictObject({ key: z.uuid(), devicesOnly: z.enum(['yes', 'no']) });
const RevokeForm = z.strictObject({ key: z.uuid(), deviceId: z.string().regex(/^dev_[0-9a-f-]{36}$/) });

@Pages()
export class DevicesController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('devices')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.visit(request), reply);
  }

  @Post('devices/code')
  @HttpCode(200)
  @AllowOnly('anyone')
  async open(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key } = parseForm(KeyForm, body);
    const visit = await this.visit(request);
    const read = await this.services.post('/redemption/device-enrolments', opened, visit.person.bearer, { body: {}, key });
    await this.page(visit, reply, read.ok ? codeAnswer(visit, read.value) : refused(visit, read));
  }

  @Post('devices/rule')
  @HttpCode(303)
  @AllowOnly('anyone')
  async setRule(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, devicesOnly } = parseForm(RuleForm, body);
    await this.move('/redemption/device-rule', { body: { devicesOnly: devicesOnly === 'yes' }, key }, request, reply);
  }

  @Post('devices/revoke')
  @HttpCode(303)
  @AllowOnly('anyone')
  async revoke(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { key, deviceId } = parseForm(RevokeForm, body);
    await this.move(`/redemption/devices/${deviceId}/revocation`, { body: {}, key }, request, reply);
  }

  private async move(
    path: string, posted: Readonly<{ body: object; key: string }>, request: FastifyRequest, reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visit(request);
    const read = await this.services.post(path, z.unknown(), visit.person.bearer, posted);
    if (read.ok) return seeOther(reply, '/devices');
    await this.page(visit, reply, refused(visit, read));
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, above?: Html): Promise<void> {
    const { bearer, organisation: { roles } } = visit.person;
    const [read, devices] = await Promise.all([
      this.services.get('/redemption/device-rule', rule, bearer),
      roles.includes('manager') ? this.services.get('/redemption/devices?limit=100', list, bearer) : undefined,
    ]);
    sendTillPage(reply, visit, devicesPage(visit, { rule: read, ...(devices && { list: devices }) }, above));
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), path: '/devices', person: await this.sessions.person(request) };
  }
}

const refused = (visit: SignedInVisit, problem: Problem): Html => no(visit, deviceRefusal(problem.code, visit.say));
