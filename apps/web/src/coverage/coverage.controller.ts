import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services, type Read } from '../services.js';
import { visitOf } from '../visit.js';
import { statementShape, statementsShape, type Statement } from './coverage.data.js';
import { coveragePage } from './coverage.page.js';

const NOT_FOUND = 404;
const DayParam = z.strictObject({ day: z.iso.date() });

/** Public: who pays, who holds a voucher and who takes one may all ask whether the money is there. */
@Pages()
export class CoverageController {
  constructor(private readonly services: Services) {}

  @Get('coverage')
  @AllowOnly('anyone')
  async newest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const days = await this.days();
    this.send(request, reply, days.ok ? newestOf(days.value) : days, days);
  }

  @Get('coverage/:day')
  @AllowOnly('anyone')
  async ofDay(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { day } = parse(DayParam, param);
    const [statement, days] = await Promise.all([this.services.getPublic(`/audit/coverage/${day}`, statementShape), this.days()]);
    this.send(request, reply, statement, days);
  }

  private async days(): Promise<Read<readonly Statement[]>> {
    const listed = await this.services.getPublic('/audit/coverage?limit=50', statementsShape);
    return listed.ok ? { ok: true, value: listed.value.items } : listed;
  }

  private send(request: FastifyRequest, reply: FastifyReply, statement: Read<Statement>, days: Read<readonly Statement[]>): void {
    const visit = visitOf(request);
    sendPage(reply, visit, coveragePage(visit, statement, days), statement.ok ? 200 : statement.status);
  }
}

const newestOf = ([newest]: readonly Statement[]): Read<Statement> =>
  (newest ? { ok: true, value: newest } : { ok: false, status: NOT_FOUND, code: 'coverage_not_stated', details: {}, errors: [] });
