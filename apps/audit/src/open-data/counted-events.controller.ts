// From a published figure to its events, one by one: for those who may read events.
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, cursorOf, idIn, monthIn, pageAnswer, pageQuery, parse, Problem, readCursor } from '#libs/http';
import { isRejected, showId, type Id } from '#libs/kernel';
import { ListCountedEvents } from './open-data.query.js';

const query = pageQuery.extend({ month: monthIn, programmeId: idIn('programme') });
const event = z.strictObject({
  eventId: z.string().describe('GET /audit/events/<id> tells it, and its inclusion proves it'), sender: z.string(), seq: z.int(), type: z.string(), occurredAt: z.iso.datetime(),
});
const answer = pageAnswer(event).extend({
  counted: z.strictObject({ leaves: z.int(), lastSeqs: z.record(z.string(), z.int()) }).nullable().describe('the beginning of the log that the month counts; null: it is of the first format'),
});
const position = z.tuple([z.iso.datetime(), z.string().max(20), z.int().min(0)]);

@Controller('audit/open-data')
export class CountedEventsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('events')
  @Api({
    summary: 'The events that a released month counts of a programme: redemptions not undone, activations, handovers and expiries, as they were said',
    who: ['auditor', 'operator'], query, answer, refusals: ['month_not_released'],
  })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { month, programmeId, limit, cursor } = parse(query, asked);
    const [occurredAt, sender, seq] = cursor ? readCursor(position, cursor) : [];
    const after = occurredAt === undefined ? null : { occurredAt, sender: sender!, seq: seq! };
    const found = await this.queries.execute(new ListCountedEvents({ month, programmeId, after, rowsMax: limit + 1 }));
    if (isRejected(found)) throw new Problem(found);
    const events = found.events.slice(0, limit);
    const last = events.at(-1);
    return {
      counted: found.counted && { leaves: found.counted.leaves, lastSeqs: { ...found.counted.lastSeqs } },
      items: events.map(({ id, occurredAt, ...rest }) => ({ ...rest, eventId: showId('event', id as Id<'event'>), occurredAt: new Date(occurredAt).toISOString() })),
      nextCursor: found.events.length > limit && last ? cursorOf([last.occurredAt, last.sender, last.seq]) : null,
    };
  }
}
