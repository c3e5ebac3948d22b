// What an auditor takes away: the whole log for the offline verifier, and a packet of evidence of one thing.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { exportsPage, newestShape } from './exports.page.js';

const LogQuery = z.object({ size: z.union([z.string().trim().regex(/^[1-9]\d{0,14}$/), z.literal('')]).default('') });
/** A log of a country takes a while; a connection that is silent for longer is broken. */
const TIMEOUT_MS = 3_600_000;

@Pages()
export class ExportsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('exports')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    sendPage(reply, visit, exportsPage(visit, await this.services.getPublic('/audit/checkpoints?limit=1', newestShape)));
  }

  /** Passed on as it comes: the log is larger than any memory. */
  @Get('exports/log')
  @AllowOnly('anyone')
  async log(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { size } = parse(LogQuery, query);
    const { bearer } = await this.sessions.person(request);
    const response = await this.services.pass(`/audit/export${size && `?size=${size}`}`, bearer, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response || response.status >= 500) throw new Problem('unavailable');
    if (!response.ok) throw new Problem(response.status === 403 ? 'role_missing' : 'route_not_found');
    void reply.headers({
      'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store',
      'content-disposition': response.headers.get('content-disposition') ?? 'attachment; filename="mereau-audit.ndjson"',
    }).send(Readable.fromWeb(response.body as ReadableStream));
  }
}
