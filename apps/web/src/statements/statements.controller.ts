import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { proofShape, statementProofPage } from './statement-proof.page.js';
import { loadStatements, statementsPage } from './statements.page.js';

const ProofParam = z.strictObject({ statementId: z.string().regex(/^stm_[0-9a-f-]{36}$/) });

@Pages()
export class StatementsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('statements')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    sendPage(reply, visit, statementsPage(visit, await loadStatements(this.services, visit.person.bearer)));
  }

  @Get('statements/:statementId/proof')
  @AllowOnly('anyone')
  async proof(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { statementId } = parse(ProofParam, param);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const read = await this.services.get(`/audit/statements/${statementId}/proof`, proofShape, visit.person.bearer);
    sendPage(reply, visit, statementProofPage(visit, statementId, read));
  }

  /** As audit answers it: a page is read, a proof is kept. */
  @Get('statements/:statementId/proof.json')
  @AllowOnly('anyone')
  async proofFile(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { statementId } = parse(ProofParam, param);
    const { bearer } = await this.sessions.person(request);
    const response = await this.services.pass(`/audit/statements/${statementId}/proof`, bearer);
    if (!response || response.status >= 500) throw new Problem('unavailable');
    if (!response.ok) throw new Problem('route_not_found');
    void reply.headers({
      'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${statementId}.proof.json"`, 'cache-control': 'no-store',
    }).send(await response.text());
  }
}
