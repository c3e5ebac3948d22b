// What leaves the desk with an auditor: a worksheet as a file, and the sample drawn once more from its seed.
import { Readable } from 'node:stream';
import { Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, Problem } from '#libs/http';
import { csvOf, itemsOf, workbookOf } from '../lists/list-export.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { type Read, Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { loadItems, loadRepetition, loadSample, type Item, type Sample } from './desk.data.js';
import { repetitionPage } from './repetition.page.js';
import { WORKSHEET } from './worksheet.js';

const SampleParam = z.strictObject({ sampleId: z.string().regex(/^smp_[0-9a-f-]{36}$/) });

@Pages()
export class WorksheetController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('desk/samples/:sampleId/worksheet.csv')
  @AllowOnly('anyone')
  async csv(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { visit, sample, items } = await this.sheet(param, request);
    file(reply, sample, 'csv', 'text/csv; charset=utf-8').send(Readable.from(csvOf(visit, WORKSHEET, items)));
  }

  /** Whole in memory: a sample has five hundred items at most. */
  @Get('desk/samples/:sampleId/worksheet.xlsx')
  @AllowOnly('anyone')
  async workbook(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { visit, sample, items } = await this.sheet(param, request);
    const all: Item[] = [];
    for await (const item of items) all.push(item);
    const bytes = await workbookOf(visit, sample.title, WORKSHEET, all);
    file(reply, sample, 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(bytes);
  }

  @Get('desk/samples/:sampleId/repetition')
  @AllowOnly('anyone')
  async repetition(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { sampleId } = parse(SampleParam, param);
    const visit = await this.visit(request);
    const { bearer } = visit.person;
    const [sample, drawn] = await Promise.all([
      loadSample(this.services, bearer, sampleId), loadRepetition(this.services, bearer, sampleId),
    ]);
    sendPage(reply, visit, repetitionPage(visit, had(sample), drawn));
  }

  private async sheet(param: unknown, request: FastifyRequest) {
    const { sampleId } = parse(SampleParam, param);
    const visit = await this.visit(request);
    const { bearer } = visit.person;
    const [sample, first] = await Promise.all([
      loadSample(this.services, bearer, sampleId), loadItems(this.services, bearer, sampleId, undefined),
    ]);
    const items = itemsOf(had(first), (cursor) => loadItems(this.services, bearer, sampleId, cursor));
    return { visit, sample: had(sample), items };
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    const person = await this.sessions.person(request);
    if (person.organisation.kind !== 'auditor') throw new Problem('role_missing');
    return { ...visitOf(request), person };
  }
}

function had<Value>(read: Read<Value>): Value {
  if (read.ok) return read.value;
  throw new Problem(read.status === 404 ? 'route_not_found' : read.status === 403 ? 'role_missing' : 'unavailable');
}

const file = (reply: FastifyReply, { sampleId }: Sample, kind: 'csv' | 'xlsx', type: string): FastifyReply =>
  reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename="${sampleId}.${kind}"`, 'cache-control': 'no-store' });
