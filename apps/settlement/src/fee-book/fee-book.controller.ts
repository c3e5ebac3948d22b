import { Controller, Get, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, idIn, parse } from '#libs/http';
import { toWire } from '#libs/kernel';
import { RECEIVERS } from '../who-gets-what/parts.decision.js';
import { PublicQuestions } from '../public-questions/public-questions.js';
import { SHOWN_GROSS, type BookEntry } from './fee-book.decision.js';
import { ShowFeeBook } from './fee-book.query.js';

const query = z.strictObject({ programmeId: idIn('programme') });
const entry = z.strictObject({
  version: z.int(), from: z.string(), state: z.enum(['past', 'in_force', 'to_come']),
  feeBasisPoints: z.int(), vatBasisPoints: z.int(), commonsBasisPoints: z.int(),
  promisedCapBasisPoints: z.int().nullable().describe('no later rule of the programme takes more of a gross than this, in all'),
  platformCapBasisPoints: z.int(),
  parts: z.array(z.strictObject({ to: z.enum(RECEIVERS), amountCents: z.int() })).describe('of `grossCents`, in sum the whole of it'),
});
const book = z.strictObject({ currency: z.literal('EUR'), grossCents: z.int(), items: z.array(entry).describe('newest first') });

@Controller('settlement/fee-book')
export class FeeBookController {
  constructor(private readonly queries: QueryBus, private readonly questions: PublicQuestions) {}

  /** For everybody: who uses a voucher, or takes one, should not have to ask what becomes of it. */
  @Get()
  @Api({ summary: 'Who gets how many cents of a voucher of ten euros, VAT included, under each fee rule of a programme', who: 'anyone', query, answer: book })
  async show(@Query() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof book>> {
    this.questions.count(request);
    const entries = await this.queries.execute(new ShowFeeBook(parse(query, asked).programmeId));
    return { currency: 'EUR', grossCents: toWire(SHOWN_GROSS), items: entries.map(shown) };
  }
}

const shown = ({ version, from, state, parts, ...rule }: BookEntry): z.output<typeof entry> => ({
  version, from, state, feeBasisPoints: rule.feeBasisPoints, vatBasisPoints: rule.vatBasisPoints,
  commonsBasisPoints: rule.commonsBasisPoints,
  promisedCapBasisPoints: rule.promisedCapBasisPoints, platformCapBasisPoints: rule.platformCapBasisPoints,
  parts: parts.map(({ to, amount }) => ({ to, amountCents: toWire(amount) })),
});
