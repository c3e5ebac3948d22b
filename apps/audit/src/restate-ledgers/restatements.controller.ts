import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected, type Id } from '#libs/kernel';
import { EXPLANATION_LENGTH_MAX } from '../limits.js';
import { ApproveRestatement, AskRestatement, ListRestatements } from './restatement.commands.js';
import type { RestatementRow } from './restatement.store.js';

const body = z.strictObject({ reason: textIn(EXPLANATION_LENGTH_MAX).describe('why what was restated cannot stand: a new version of what an event moves, say') });
const empty = z.strictObject({});
const answer = z.strictObject({ restatementId: idText('restatement') });
const query = pageQuery.extend({ restatementId: idIn('restatement').optional() });
const shown = z.strictObject({
  restatementId: idText('restatement'), reason: z.string(), askedBy: z.string(), askedAt: z.iso.datetime(),
  approvedBy: z.string().nullable(), approvedAt: z.iso.datetime().nullable().describe('when it began; null: it waits for another person'),
  passedCount: z.int().nullable().describe('events of the ledgers that it looked at again; of the last that began only'),
  eventCount: z.int().nullable().describe('of those that there are'),
});

@Controller('audit/restatements')
export class RestatementsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Who had the restated ledgers made again, and why, newest first', who: ['operator', 'approver', 'auditor'], query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown) {
    const { limit, cursor, restatementId = null } = parse(query, asked);
    const [below] = cursor ? readCursor(z.tuple([z.uuid()]), cursor) : [null];
    const rows = await this.queries.execute(new ListRestatements({ restatementId, below, rowsMax: limit + 1 }));
    return pageOf(rows, limit, (row) => [row.restatementId], show);
  }

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Ask that the restated ledgers are made again from the first event, and why; another person approves', who: ['operator', 'auditor'], body, answer,
    status: 201, refusals: [],
  })
  async ask(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const outcome = await this.commands.execute(new AskRestatement(parse(body, asked).reason, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { restatementId: idOut('restatement', outcome.restatementId) };
  }

  @Post(':id/approvals')
  @HttpCode(201)
  @Api({
    summary: 'Let it begin, as another person than who asked. It goes on by itself; what differs stands until each ledger is compared again',
    who: ['approver'], freshSecondFactor: true, body: empty, answer, status: 201,
    refusals: ['restatement_not_found', 'restatement_approved', 'restatement_approver_asked'],
  })
  async approve(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    parse(empty, asked);
    const outcome = await this.commands.execute(new ApproveRestatement(parse(idIn('restatement'), id), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { restatementId: idOut('restatement', outcome.restatementId) };
  }
}

function show({ restatementId, askedAt, approvedAt, ...row }: RestatementRow): z.output<typeof shown> {
  return {
    ...row, restatementId: idOut('restatement', idOf('restatement', restatementId) as Id<'restatement'>), askedAt: askedAt.toISOString(), approvedAt: approvedAt?.toISOString() ?? null,
  };
}
