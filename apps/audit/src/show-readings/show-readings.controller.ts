// What auditing bodies looked at, for the operator: an auditor is watched too.
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { idOf } from '#libs/kernel';
import type { ReadingRow } from './reading.store.js';
import { ShowReadings } from './show-readings.query.js';

const query = pageQuery.extend({
  mandateId: idIn('mandate').optional(), organisationId: idIn('organisation').optional().describe('the auditing body'), userId: idIn('user').optional(),
});
const answer = z.strictObject({
  at: z.iso.datetime(), service: z.string(), method: z.string(), route: z.string(), asked: z.string().describe('the address with its question, cut after 500 characters'),
  mandateIds: z.array(idText('mandate')).describe('in force then'), organisationId: idText('organisation'), userId: idText('user'),
});

@Controller('audit/readings')
export class ShowReadingsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'What was looked at under mandates, at any service, the newest first', who: ['operator', 'approver'], query, answer: pageAnswer(answer) })
  async list(@Query() asked: unknown) {
    const { limit, cursor, ...filter } = parse(query, asked);
    const after = cursor ? readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor) : null;
    const rows = await this.queries.execute(new ShowReadings(filter, limit + 1, after));
    return pageOf(rows, limit, ({ readAt, readingId }) => [readAt.toISOString(), readingId], shown);
  }
}

const shown = ({ readAt, service, method, route, asked, mandateIds, organisationId, userId }: ReadingRow): z.output<typeof answer> => ({
  at: readAt.toISOString(), service, method, route, asked, mandateIds: mandateIds.map((id) => idOut('mandate', idOf('mandate', id))),
  organisationId: idOut('organisation', idOf('organisation', organisationId)), userId: idOut('user', idOf('user', userId)),
});
