import { Body, Controller, HttpCode, Post, type Type } from '@nestjs/common';
import { z } from 'zod';
import { Api, Meta, parse, type HttpMeta } from '#libs/http';
import { TotalsPublisher } from './totals-publisher.js';

const none = z.strictObject({});
const answer = z.strictObject({
  announced: z.array(z.strictObject({
    number: z.int(), day: z.string(), final: z.boolean().describe('false for the day that runs, up to cutAt'), cutAt: z.iso.datetime(),
  })).describe('empty where nothing has moved since the last'),
});

/** The same route in each service that has a ledger. */
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
  }
  return TotalsController;
}
