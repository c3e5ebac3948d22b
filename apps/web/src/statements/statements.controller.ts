import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { passFile } from '../pass-file.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { proofShape, statementProofPage } from './statement-proof.page.js';
import { loadStatement } from './statement.data.js';
import { statementPage } from './statement.page.js';

const StatementParam = z.strictObject({ statementId: z.string().regex(/^stm_[0-9a-f-]{36}$/) });
const FileQuery = z.strictObject({ format: z.enum(['pdf', 'csv', 'xlsx']), language: z.enum(['fr', 'en']).default('fr') });

@Pages()
export class StatementsController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('statements/:statementId')
  @AllowOnly('anyone')
  async one(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { statementId } = parse(StatementParam, param);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const view = await loadStatement(this.services, visit.person.bearer, statementId);
    if (!view.statement.ok && view.statement.status === 404) throw new Problem('route_not_found');
    sendPage(reply, visit, statementPage(visit, view));
  }

  @Get('statements/:statementId/file')
  @AllowOnly('anyone')
  async file(@Param() param: unknown, @Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [{ statementId }, { format, language }] = [parse(StatementParam, param), parse(FileQuery, query)];
    const { bearer } = await this.sessions.person(request);
    await passFile(reply, await this.services.pass(`/settlement/statements/${statementId}/file?format=${format}&language=${language}`, bearer));
  }

  @Get('statements/:statementId/proof')
  @AllowOnly('anyone')
  async proof(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { statementId } = parse(StatementParam, param);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const read = await this.services.get(`/audit/statements/${statementId}/proof`, proofShape, visit.person.bearer);
    sendPage(reply, visit, statementProofPage(visit, statementId, read));
  }

  /** As audit answers it: a page is read, a proof is kept. */
  @Get('statements/:statementId/proof.json')
  @AllowOnly('anyone')
  async proofFile(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { statementId } = parse(StatementParam, param);
    const { bearer } = await this.sessions.person(request);
    const response = await this.services.pass(`/audit/statements/${statementId}/proof`, bearer);
    if (!response || response.status >= 500) throw new Problem('unavailable');
    if (!response.ok) throw new Problem('route_not_found');
    void reply.headers({
      'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="${statementId}.proof.json"`, 'cache-control': 'no-store',
    }).send(await response.text());
  }
}
