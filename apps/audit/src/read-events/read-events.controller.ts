// The auditor's window on the copy of events. Nothing here changes anything.
import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Api, cursorOf, idIn, pageAnswer, pageQuery, parse, Problem, readCursor } from '#libs/http';
import { showId, type Id } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { GAPS_NAMED_MAX } from '../limits.js';
import { completeness, findEvent, listEvents, listGaps, type Completeness, type EventRow, type Gap } from './event.queries.store.js';

const SENDERS = ['issuance', 'redemption', 'settlement', 'identity'] as const;

const listQuery = pageQuery.extend({ sender: z.enum(SENDERS), type: z.string().max(80).optional() });
const eventAnswer = z.strictObject({
  id: z.string(), sender: z.string(), seq: z.number().int(), type: z.string(), subject: z.string(), subjectVersion: z.int(),
  occurredAt: z.string(),  causationId: z.string().nullable(), correlationId: z.string(), actor: z.unknown(), body: z.unknown(),
});
const gapAnswer = z.strictObject({
  firstSeq: z.int(), lastSeq: z.int(), seenAt: z.string().describe('when a later number arrived'), ageSeconds: z.int(),
  deadLetters: z.int().describe('of them, how many came and could not be kept'),
});
const completenessAnswer = z.strictObject({
  senders: z.array(z.strictObject({
    sender: z.string(), events: z.int(), lastSeq: z.int(), missing: z.int(), lastReceivedAt: z.string(),
    sealed: z.int().describe('events that have their place in the log'),
    gaps: z.array(gapAnswer).describe(`missing numbers, the first ${GAPS_NAMED_MAX} ranges`),
  })),
});

const shown = ({ id, seq, occurredAt, ...row }: EventRow) =>
  ({ id: showId('event', id as Id<'event'>), seq: Number(seq), occurredAt: occurredAt.toISOString(), ...row });

@Controller('audit')
export class ReadEventsController {
  constructor(private readonly work: AuditWork) {}

  @Get('events')
  @Api({ summary: 'Events of one sender, in the order of its numbers', who: ['auditor'], query: listQuery, answer: pageAnswer(eventAnswer) })
  async list(@Query() query: unknown) {
    const { sender, type, limit, cursor } = parse(listQuery, query);
    const [afterSeq] = cursor ? readCursor(z.tuple([z.number().int()]), cursor) : [0];
    const rows = await listEvents(this.work.client, { sender, type: type ?? null, afterSeq, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: items.map(shown), nextCursor: rows.length > limit && last ? cursorOf([Number(last.seq)]) : null };
  }

  @Get('events/:id')
  @Api({ summary: 'One event', who: ['auditor'], answer: eventAnswer, refusals: ['event_not_found'] })
  async one(@Param('id') text: string) {
    const found = await findEvent(this.work.client, parse(idIn('event'), text));
    if (!found) throw new Problem({ kind: 'rejected', code: 'event_not_found', details: {} });
    return shown(found);
  }

  @Get('completeness')
  @Api({
    summary: 'Of each sender: how many events are here and in the log, and which numbers are missing below the last',
    who: ['auditor', 'operator'], mandate: 'scoped', answer: completenessAnswer,
  })
  async completeness(): Promise<z.output<typeof completenessAnswer>> {
    const { client } = this.work;
    const senders = [];
    for (const row of await completeness(client)) {
      senders.push(shownSender(row, row.missing === 0n ? [] : await listGaps(client, row.sender, GAPS_NAMED_MAX)));
    }
    return { senders };
  }
}

const shownSender = ({ sender, events, lastSeq, missing, lastReceivedAt, sealed }: Completeness, gaps: readonly Gap[]) => ({
  sender, events: Number(events), lastSeq: Number(lastSeq), missing: Number(missing), lastReceivedAt: lastReceivedAt.toISOString(),
  sealed: Number(sealed),
  gaps: gaps.map((gap) => ({
    firstSeq: Number(gap.firstSeq), lastSeq: Number(gap.lastSeq), seenAt: gap.seenAt.toISOString(),
    ageSeconds: Math.max(0, Math.round(gap.ageSeconds)), deadLetters: Number(gap.deadLetters),
  })),
});
