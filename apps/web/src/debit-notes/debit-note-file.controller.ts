import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';

const NoteParam = z.object({ id: z.string().regex(/^dbn_[0-9a-f-]{36}$/) });

/** The paper of a debit note, in the language of who asks, as settlement writes it. */
@Pages()
export class DebitNoteFileController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('debit-notes/:id/file')
  @AllowOnly('anyone')
  async file(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { id } = parse(NoteParam, param);
    const { bearer } = await this.sessions.person(request);
    const response = await this.services.pass(`/settlement/debit-notes/${id}/file?language=${visitOf(request).language}`, bearer);
    if (!response || response.status >= 500) throw new Problem('unavailable');
    if (!response.ok) throw new Problem(response.status === 403 ? 'role_missing' : 'route_not_found');
    void reply.headers({ 'content-type': 'application/pdf', 'content-disposition': response.headers.get('content-disposition') ?? 'attachment', 'cache-control': 'no-store' })
      .send(Buffer.from(await response.arrayBuffer()));
  }
}
