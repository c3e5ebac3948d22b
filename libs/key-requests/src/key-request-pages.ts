// One controller for each service, whose address and whose table are its own.
import { Controller, Get, Inject, Query, type Type } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idOut, idText, parse, Problem, shownRequestId } from '#libs/http';
import { idOf } from '#libs/kernel';
import { listingAnswer, listingQuery, readListing, showTotals } from '#libs/listing';
import type { Reading, Schema } from '#libs/persistence';
import { KEY_REQUEST_METHODS, keyRequestsOf } from './key-requests.listing.js';

type Row = Readonly<{
  id: string; keyId: string; askedAt: Date; method: (typeof KEY_REQUEST_METHODS)[number]; route: string; status: bigint;
  tookMs: bigint; requestId: string;
}>;
const shown = z.strictObject({
  keyId: idText('apiKey'), askedAt: z.iso.datetime(), method: z.enum(KEY_REQUEST_METHODS), route: z.string().describe('its pattern, never the address'),
  status: z.int(), tookMs: z.int(), requestId: z.string().describe('as a problem names it: `instance`'),
});

/** `Work`: the service's unit of work, by which Nest hands it out. */
export function keyRequestPages(service: Schema, Work: Type<Reading>): Type {
  const listing = keyRequestsOf(service);
  const query = listingQuery(listing);
  const answer = listingAnswer(listing, shown);

  @Controller(`${service}/key-requests`)
  class KeyRequestsController {
    constructor(@Inject(Work) private readonly work: Reading) {}

    @Get()
    @Api({
      summary: 'What keys of the own organisation asked here in the last thirty days, sorted and filtered', who: ['payer', 'manager', 'distributor'],
      query, answer,
    })
    async list(@Query() asked: unknown, @Caller() { partyId }: Principal): Promise<z.output<typeof answer>> {
      if (!partyId) throw new Problem('role_missing');
      const page = await readListing<Row>(this.work, listing, { reader: partyId, rights: [partyId] }, parse(query, asked));
      return { items: page.rows.map(show), nextCursor: page.nextCursor, totals: showTotals(page.totals) as z.output<typeof answer>['totals'] };
    }
  }
  // In the document of the API each has a name of its own.
  Object.defineProperty(KeyRequestsController, 'name', { value: `${service.charAt(0).toUpperCase()}${service.slice(1)}KeyRequestsController` });
  return KeyRequestsController;
}

const show = ({ keyId, askedAt, method, route, status, tookMs, requestId }: Row): z.output<typeof shown> => ({
  keyId: idOut('apiKey', idOf('apiKey', keyId)), askedAt: askedAt.toISOString(), method, route, status: Number(status), tookMs: Number(tookMs),
  requestId: shownRequestId(requestId),
});
