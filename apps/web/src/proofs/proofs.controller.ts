import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { checkedConsistency, checkedInclusion, keysShape } from './proofs.data.js';
import { proofsPage } from './proofs.page.js';

const size = z.union([z.string().trim().regex(/^[1-9]\d{0,14}$/), z.literal('')]).default('');
const ProofsQuery = z.object({
  of: z.union([z.string().trim().regex(/^evt_[0-9a-f-]{36}$/), z.literal('')]).default(''), size, from: size, to: size,
});

@Pages()
export class ProofsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('proofs')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = parse(ProofsQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const { bearer } = visit.person;
    const [keys, inclusion, consistency] = await Promise.all([
      this.services.getPublic('/audit/keys', keysShape),
      asked.of === '' ? null : this.services.get(`/audit/events/${asked.of}/inclusion${asked.size && `?size=${asked.size}`}`, checkedInclusion, bearer),
      asked.from === '' ? null : this.services.getPublic(`/audit/consistency?from=${asked.from}${asked.to && `&to=${asked.to}`}`, checkedConsistency),
    ]);
    sendPage(reply, visit, proofsPage(visit, { asked, keys, inclusion, consistency }));
  }
}
