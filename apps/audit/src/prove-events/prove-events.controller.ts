import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { inclusionAnswer, shownInclusion } from './inclusion-answer.js';
import { ProveConsistency, ProveInclusion } from './prove-events.query.js';

/** Fifteen digits are exact in JSON, and more events than a country has. */
const sizeIn = z.string().regex(/^[1-9]\d{0,14}$/, 'expected a number of leaves from 1').transform(Number);
const inclusionQuery = z.strictObject({ size: sizeIn.optional() });
const consistencyQuery = z.strictObject({ from: sizeIn, to: sizeIn.optional() });

const hash = z.string().describe('SHA-256, hex');
const path = z.array(hash).describe('RFC 6962: the lowest first');
const consistencyAnswer = z.strictObject({ from: z.int(), to: z.int(), fromRoot: hash, toRoot: hash, path });

@Controller('audit')
export class ProveEventsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('events/:id/inclusion')
  @Api({
    summary: 'Proof that an event is in the log of a size, by default that of the newest checkpoint', who: ['auditor'],
    query: inclusionQuery, answer: inclusionAnswer, refusals: ['event_not_found', 'checkpoint_not_found', 'log_shorter', 'event_not_in_log'],
  })
  async inclusion(@Param('id') text: string, @Query() query: unknown): Promise<z.output<typeof inclusionAnswer>> {
    const [eventId, { size }] = [parse(idIn('event'), text), parse(inclusionQuery, query)];
    const proof = await this.queries.execute(new ProveInclusion(eventId, size ?? null));
    if (isRejected(proof)) throw new Problem(proof);
    return shownInclusion(eventId, proof);
  }

  /** Hashes tell nothing of what was sealed: whoever keeps an old checkpoint may ask. */
  @Get('consistency')
  @Api({
    summary: 'Proof that the log of one size is the beginning of the log of a later one', who: 'anyone',
    query: consistencyQuery, answer: consistencyAnswer, refusals: ['checkpoint_not_found', 'log_shorter'],
  })
  async consistency(@Query() query: unknown): Promise<z.output<typeof consistencyAnswer>> {
    const { from, to } = parse(consistencyQuery, query);
    const proof = await this.queries.execute(new ProveConsistency(from, to ?? null));
    if (isRejected(proof)) throw new Problem(proof);
    return { ...proof, path: [...proof.path] };
  }
}
