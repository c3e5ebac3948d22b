// The packet that audit makes, asked for by the id that somebody has in hand: its three letters say what it is.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';

/** What audit can begin with, by the letters of its ids. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  bkn: 'bankLineId', ord: 'orderId', bat: 'batchId', red: 'redemptionId', clm: 'claimLineId', stm: 'statementId', pin: 'paymentId', rfd: 'refundId',
  alc: 'allocationId', epy: 'earlyPaymentId',
};
const EvidenceQuery = z.object({
  of: z.string().trim().regex(new RegExp(`^(${Object.keys(BEGINNINGS).join('|')})_[0-9a-f-]{36}$`), `expected an id that begins with ${Object.keys(BEGINNINGS).join(', ')}`),
});
/** A thousand redemptions and their documents take a while. */
const TIMEOUT_MS = 120_000;

@Pages()
export class EvidenceController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('evidence')
  @AllowOnly('anyone')
  async packet(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { of } = parse(EvidenceQuery, query);
    const { bearer } = await this.sessions.person(request);
    const path = `/audit/evidence?${BEGINNINGS[of.slice(0, 3)]!}=${of}`;
    const response = await this.services.pass(path, bearer, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response || response.status >= 500) throw new Problem('unavailable');
    if (!response.ok) throw new Problem(response.status === 403 ? 'role_missing' : 'route_not_found');
    void reply.headers({
      'content-type': 'application/zip', 'content-disposition': `attachment; filename="${of}.evidence.zip"`, 'cache-control': 'no-store',
    }).send(Readable.fromWeb(response.body as ReadableStream));
  }
}
