import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, dayIn, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { PREVIEW_MAX } from '../limits.js';
import { readerOf } from '../reader.js';
import { AcceptNettingTerms, ListNettingAcceptances, ListNettingTerms, PublishNettingTerms } from './netting.commands.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected the SHA-256 of the text');
const termsBody = z.strictObject({ text: textIn(20_000), from: dayIn.describe('closings ask for an acceptance from this day on') });
const terms = z.strictObject({ version: z.int(), sha256: z.string() });
const shownTerms = z.strictObject({
  items: z.array(terms.extend({ text: z.string(), from: z.string(), publishedAt: z.iso.datetime() })),
});
const acceptBody = z.strictObject({ version: z.int().min(1), sha256 });
const accepted = z.strictObject({ payeeId: idText('payee'), version: z.int(), acceptedAt: z.iso.datetime() });
const query = z.strictObject({ payeeId: idIn('payee').optional() });
const shownAcceptances = z.strictObject({
  items: z.array(accepted.extend({ sha256: z.string(), placeId: idText('place'), acceptedBy: z.string().describe('the id of the person') })),
});

@Controller('settlement')
export class NettingController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('netting-terms')
  @HttpCode(201)
  @Api({
    summary: 'Publish the terms by which fees are kept of statements; who does not accept them is paid without the fee, and billed for it',
    who: ['operator'], body: termsBody, answer: terms, status: 201, refusals: ['netting_terms_in_the_past'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof terms>> {
    const outcome = await this.commands.execute(new PublishNettingTerms(parse(termsBody, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get('netting-terms')
  @Api({ summary: 'The terms of netting, newest first', who: ['operator', 'approver', 'auditor', 'manager', 'till'], answer: shownTerms })
  async terms(): Promise<z.output<typeof shownTerms>> {
    const items = await this.queries.execute(new ListNettingTerms());
    return { items: items.map(({ publishedAt, ...one }) => ({ ...one, publishedAt: publishedAt.toISOString() })) };
  }

  @Post('netting-acceptances')
  @HttpCode(201)
  @Api({
    summary: 'Accept the latest terms of netting for the payee behind the caller\'s place, by the digest of the text', who: ['manager'],
    body: acceptBody, answer: accepted, status: 201,
    refusals: ['place_unknown', 'netting_terms_unknown', 'netting_terms_superseded', 'netting_terms_differ'],
  })
  async accept(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof accepted>> {
    const request = { ...parse(acceptBody, asked), placeId: readerOf(meta.caller).placeId! };
    const outcome = await this.commands.execute(new AcceptNettingTerms(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, payeeId: idOut('payee', outcome.payeeId) };
  }

  @Get('netting-acceptances')
  @Api({
    summary: 'Who accepted which terms of netting, the latest first; a place sees those of its own payee', who: ['operator', 'auditor', 'manager'],
    query, answer: shownAcceptances,
  })
  async acceptances(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof shownAcceptances>> {
    const { payeeId = null } = parse(query, asked);
    const items = await this.queries.execute(new ListNettingAcceptances(readerOf(caller), payeeId, PREVIEW_MAX));
    return {
      items: items.map(({ payeeId: of, placeId, acceptedAt, ...one }) =>
        ({ ...one, payeeId: idOut('payee', of), placeId: idOut('place', placeId), acceptedAt: acceptedAt.toISOString() })),
    };
  }
}
