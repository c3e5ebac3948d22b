import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, rawBodyOf } from '#libs/http';
import { deviceRefusal, isDeviceRefusal } from '../devices/device-refusals.js';
import { redeemRefusal } from '../redeem/redeem-refusals.js';
import { assertSameOrigin } from '../same-origin.js';
import { NotSignedIn, Services } from '../services.js';
import { IdentityAway, NoOrganisation, Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type Visit } from '../visit.js';
import { deviceHeaders } from './signed-form.js';

/** What a script of the till asks; nothing else of redemption is reached from here. */
const RouteParam = z.strictObject({ route: z.enum(['devices', 'offline-redemptions']) });
const SIGNED_OUT = 401;

type Told = Readonly<{ code?: string; details?: Readonly<Record<string, unknown>>; lines?: readonly Told[] }>;

/**
 * Passes on what a device signed, byte by byte, with the token of who is signed in; the answer gets sentences for the counter
 * beside its codes.
 */
@ApiExcludeController()
@Controller('till/redemption')
export class ForwardController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Get('offline-key')
  @AllowOnly('anyone')
  async key(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.pass('offline-key', request, reply);
  }

  @Post(':route')
  @HttpCode(200)
  @AllowOnly('anyone')
  async post(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const { route } = parse(RouteParam, param);
    await this.pass(route, request, reply, {
      method: 'POST', body: new Uint8Array(rawBodyOf(request) ?? []),
      headers: { 'content-type': 'application/json', 'idempotency-key': String(request.headers['idempotency-key'] ?? ''), ...deviceHeaders(request.headers) },
    });
  }

  private async pass(route: string, request: FastifyRequest, reply: FastifyReply, asked?: RequestInit): Promise<void> {
    void reply.header('cache-control', 'no-store');
    try {
      const { bearer } = await this.sessions.person(request);
      const response = await this.services.pass(`/redemption/${route}`, bearer, asked);
      if (!response) return void reply.status(503).send(inWords({ code: 'unavailable' }, visitOf(request)));
      const body = await response.json().catch(() => ({})) as Told;
      void reply.status(response.status).send(inWords(body, visitOf(request)));
    } catch (error) {
      if (error instanceof NotSignedIn || error instanceof NoOrganisation) return void reply.status(SIGNED_OUT).send({ code: 'signed_out' });
      if (error instanceof IdentityAway) return void reply.status(503).send(inWords({ code: 'unavailable' }, visitOf(request)));
      throw error;
    }
  }
}

function inWords(told: Told, visit: Visit): object {
  const { code, details = {}, lines } = told;
  const sentence = code === undefined ? undefined
    : isDeviceRefusal(code) ? deviceRefusal(code, visit.say) : redeemRefusal({ code, details, errors: [] }, visit);
  return { ...told, ...(sentence !== undefined && { sentence }), ...(lines && { lines: lines.map((line) => inWords(line, visit)) }) };
}
