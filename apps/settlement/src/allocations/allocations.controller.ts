import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { cents, isRejected, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { NOTE_LENGTH_MAX, REASON_LENGTH_MAX } from '../limits.js';
import { ALLOCATION_STATES, GiveVoice, ListAllocations, ProposeAllocation, type ListedAllocation } from './allocation.commands.js';
import { VOICES } from './allocation.decision.js';
import { allocations } from './allocations.listing.js';

const body = z.strictObject({
  programmeId: idIn('programme').nullable().default(null).describe('of whose pool; null: of the national one'),
  bankAccountId: idIn('bankAccount').describe('the custody account that it is paid from'), payeeId: idIn('payee'),
  amountCents: z.int().positive(), currency: z.literal('EUR'), reason: textIn(REASON_LENGTH_MAX).describe('what for; stays with the allocation'),
});
const proposed = z.strictObject({ allocationId: idText('allocation') });
const param = z.strictObject({ allocationId: idIn('allocation') });
const voiceBody = z.strictObject({ voice: z.enum(VOICES), note: textIn(NOTE_LENGTH_MAX).nullable().default(null) });
const heard = z.strictObject({ allocationId: idText('allocation'), state: z.enum(['proposed', 'voted', 'declined']), voices: z.int() });
const query = listingQuery(allocations);
const listed = z.strictObject({
  allocationId: idText('allocation'), pool: z.string().describe('general: the national one; else that of the programme with this id'), bankAccountId: idText('bankAccount'), payeeId: idText('payee'), legalName: z.string().nullable(),
  amountCents: z.int(), currency: z.literal('EUR'), reason: z.string(), proposedBy: z.string(), proposedAt: z.iso.datetime(),
  state: z.enum(ALLOCATION_STATES).describe('from instructed on that of its payment; one that came back is voted again'),
  voices: z.array(z.strictObject({ userId: z.string(), voice: z.enum(VOICES), note: z.string().nullable(), at: z.iso.datetime() })),
});
const answer = listingAnswer(allocations, listed);

@Controller('settlement/allocations')
export class AllocationsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Propose that the commons give a sum to a payee; nothing moves before two others are for it', who: ['operator', 'approver'], body,
    answer: proposed, status: 201,
    refusals: ['bank_account_unknown', 'pool_unknown', 'payee_unknown', 'allocation_to_operator', 'payee_incomplete', 'allocation_without_account', 'commons_short'],
  })
  async propose(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof proposed>> {
    const { currency: _, ...allocation } = parse(body, asked);
    const outcome = await this.commands.execute(new ProposeAllocation(allocation, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { allocationId: idOut('allocation', outcome.allocationId) };
  }

  @Post(':allocationId/voices')
  @HttpCode(201)
  @Api({
    summary: 'Be for or against an allocation that somebody else proposed: two for it carry it, the first against it ends it; about a pool that has a rule, those whom it names', who: ['approver'],
    freshSecondFactor: true, body: voiceBody, answer: heard, status: 201,
    refusals: ['allocation_unknown', 'allocation_decided', 'checker_is_maker', 'allocation_not_decider', 'gives_to_own_account', 'allocation_voice_given', 'commons_short'],
  })
  async speak(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof heard>> {
    const outcome = await this.commands.execute(new GiveVoice({ ...parse(param, of), ...parse(voiceBody, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, allocationId: idOut('allocation', outcome.allocationId) };
  }

  @Get()
  @Api({
    summary: 'What the commons were asked to give and gave, with every voice, newest first unless told otherwise', who: ['operator', 'approver', 'auditor'], query, answer,
  })
  async list(@Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { rows, nextCursor, totals } = await this.queries.execute(new ListAllocations(parse(query, asked)));
    return { items: rows.map(show), nextCursor, totals: showTotals(totals) };
  }
}

function show({ id, bankAccountId, payeeId, legalName, amountCents, proposedAt, ...one }: ListedAllocation): z.output<typeof listed> {
  const { pool, reason, proposedBy, state, voices } = one;
  return {
    pool, reason, proposedBy, state, voices: [...voices], allocationId: idOut('allocation', id), bankAccountId: idOut('bankAccount', bankAccountId),
    payeeId: idOut('payee', payeeId), legalName: legalName || null, amountCents: toWire(cents(amountCents)), currency: 'EUR', proposedAt: proposedAt.toISOString(),
  };
}
