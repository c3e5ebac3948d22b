import { Body, Controller, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { z } from 'zod';
import { SERVICES, type Service } from '#libs/contracts';
import { Api, idIn, idOut, idText, Meta, parse, Problem, registerRefusals, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { deadLetters, LETTER_STATES, type ListedLetter } from './dead-letters.listing.js';
import { ERROR_CODES } from './error-codes.js';
import { QueueDesk } from './queue-desk.js';
import { REFUSALS } from './refusals.js';
import { QUEUES } from './waiting.store.js';

const NOTE_LENGTH_MAX = 500;

const param = z.strictObject({ deadLetterId: idIn('deadLetter') });
const replayBody = z.strictObject({ note: textIn(NOTE_LENGTH_MAX).describe('what was mended, and why it may be tried again') });
const asked = z.strictObject({ deadLetterId: idText('deadLetter'), askedAt: z.string() });
const waiting = z.strictObject({
  queue: z.enum(QUEUES), other: z.enum(SERVICES).nullable().describe('the receiver of what is unacknowledged, the sender of what came'),
  count: z.int(), oldestAt: z.string(), lastErrorCode: z.enum(ERROR_CODES).nullable(),
});
const queues = z.strictObject({ items: z.array(waiting).describe('queues in which something waits') });
const letter = z.strictObject({
  deadLetterId: idText('deadLetter'), sender: z.enum(SERVICES), seq: z.int().describe('its number at its sender'), type: z.string(), errorCode: z.enum(ERROR_CODES),
  state: z.enum(LETTER_STATES).describe('waiting: asked for, and not run yet'), failedAt: z.string(), replayedAt: z.string().nullable(),
  asked: z.array(z.strictObject({ note: z.string(), askedBy: z.string(), askedAt: z.string() })).describe('who asked that it is tried again, oldest first'),
});

/** The same routes in each service. */
export function queueControllers(service: Service): readonly Type<object>[] {
  registerRefusals(service, REFUSALS);
  const listing = deadLetters(service);
  const query = listingQuery(listing);
  const list = listingAnswer(listing, letter);

  @Controller(`${service}/queues`)
  class QueuesController {
    constructor(readonly desk: QueueDesk) {}

    @Get()
    @Api({ summary: `Messages that wait at ${service}: how many, for whom, since when`, who: ['operator', 'approver'], answer: queues })
    async show(): Promise<z.output<typeof queues>> {
      return { items: (await this.desk.waiting()).map(({ oldestAt, ...rest }) => ({ ...rest, oldestAt: oldestAt.toISOString() })) };
    }
  }

  @Controller(`${service}/dead-letters`)
  class DeadLettersController {
    constructor(readonly desk: QueueDesk) {}

    @Get()
    @Api({ summary: `Messages that ${service} could not handle, the longest dead first`, who: ['operator', 'approver'], query, answer: list })
    async list(@Query() of: unknown): Promise<z.output<typeof list>> {
      const { rows, nextCursor, totals } = await this.desk.list(parse(query, of));
      return { items: rows.map(show), nextCursor, totals: showTotals(totals) } as z.output<typeof list>;
    }

    @Post(':deadLetterId/replays')
    @HttpCode(202)
    @Api({
      summary: `Ask that ${service} tries a message again, as if it came now; what it does is done once, however often this is asked`,
      who: ['operator'], freshSecondFactor: true, body: replayBody, answer: asked, status: 202,
      refusals: ['dead_letter_unknown', 'dead_letter_replayed', 'dead_letter_waiting'],
    })
    async replay(@Param() of: unknown, @Body() body: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof asked>> {
      const { deadLetterId } = parse(param, of);
      const outcome = await this.desk.askReplay(deadLetterId, parse(replayBody, body).note, meta);
      if (isRejected(outcome)) throw new Problem(outcome);
      return { deadLetterId: idOut('deadLetter', deadLetterId), askedAt: outcome.askedAt };
    }
  }
  return [QueuesController, DeadLettersController];
}

const show = ({ id, seq, failedAt, replayedAt, asked: replays, ...rest }: ListedLetter): z.output<typeof letter> => ({
  deadLetterId: idOut('deadLetter', idOf('deadLetter', id)), sender: rest.sender, seq: Number(seq), type: rest.type, errorCode: rest.errorCode,
  state: rest.state, failedAt: failedAt.toISOString(), replayedAt: replayedAt?.toISOString() ?? null,
  asked: replays.map(({ askedAt, ...replay }) => ({ ...replay, askedAt: new Date(askedAt).toISOString() })),
});
