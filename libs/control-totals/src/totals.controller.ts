import { Body, Controller, Get, HttpCode, Post, Query, type Type } from '@nestjs/common';
import { z } from 'zod';
import { Api, Meta, pageAnswer, pageOf, pageQuery, parse, readCursor, type HttpMeta } from '#libs/http';
import { showId, type Id } from '#libs/kernel';
import { LEDGERS, type BookedEvent } from './ledger-tally.store.js';
import { TotalsPublisher } from './totals-publisher.js';

const none = z.strictObject({});
const answer = z.strictObject({
  announced: z.array(z.strictObject({
    number: z.int(), day: z.string(), final: z.boolean().describe('false for the day that runs, up to cutAt'), cutAt: z.iso.datetime(),
  })).describe('empty where nothing has moved since the last'),
});

const eventsQuery = pageQuery.extend({
  sender: z.enum(LEDGERS).describe('by whose events the account moved'),
  account: z.string().regex(/^[a-z_]+(:[a-z0-9-]+)?$/, 'expected a kind of account, with a bank account or a ledger behind it').max(80),
  custodyAccountId: z.uuid().optional(),
});
const booked = z.strictObject({ eventId: z.string(), debitLessCreditCents: z.int() });
const shown = ({ eventId, amount }: BookedEvent) => ({ eventId: showId('event', eventId as Id<'event'>), debitLessCreditCents: Number(amount) });

/** The same routes in each service that has a ledger. */
export function totalsController(service: 'issuance' | 'redemption' | 'settlement'): Type<object> {
  @Controller(`${service}/control-totals`)
  class TotalsController {
    constructor(readonly publisher: TotalsPublisher) {}

    @Post()
    @HttpCode(201)
    @Api({
      summary: `Announce the balances of ${service} to audit now, and those of days that are over`, who: ['operator', 'auditor'], body: none,
      answer, status: 201, refusals: [],
    })
    async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
      parse(none, asked);
      return { announced: [...await this.publisher.publish(meta, 'now')] };
    }

    @Get('events')
    @Api({
      summary: `What ${service} booked on a kind of account, event by event: to find the events of a difference that audit lists`,
      who: ['operator', 'auditor'], query: eventsQuery, answer: pageAnswer(booked),
    })
    async events(@Query() asked: unknown) {
      const { limit, cursor, custodyAccountId = null, ...of } = parse(eventsQuery, asked);
      const [after] = cursor ? readCursor(z.tuple([z.uuid()]), cursor) : [null];
      const rows = await this.publisher.bookedEvents({ ...of, custodyAccountId }, { after, rowsMax: limit + 1 });
      return pageOf(rows, limit, ({ eventId }) => [eventId], shown);
    }
  }
  return TotalsController;
}
