// Findings for both sides: an auditing body raises, goes on and closes; whom it asks reads the same page and replies.
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, dayIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { OBSERVATION_LENGTH_MAX, TITLE_LENGTH_MAX } from '../limits.js';
import { findingAnswer, shownFinding } from './finding-answer.js';
import { OUTCOMES, SEVERITIES } from './finding.decision.js';
import { FollowFinding, ListFindings, RaiseFinding, ShowFinding, type WrittenStep } from './findings.commands.js';

const text = textIn(OBSERVATION_LENGTH_MAX);
const Raise = z.strictObject({
  title: textIn(TITLE_LENGTH_MAX), observation: text, severity: z.enum(SEVERITIES), replyDue: dayIn.describe('the last day that a reply is asked for'),
  addressee: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('operator') }), z.strictObject({ kind: z.literal('payer'), partyId: idIn('payer') }),
    z.strictObject({ kind: z.literal('place'), partyId: idIn('place') }),
  ]),
  sampleId: idIn('sample').optional(), position: z.int().positive().optional().describe('with sampleId: of the item'),
}).refine(({ sampleId, position }) => position === undefined || sampleId !== undefined, { path: ['position'], message: 'expected with sampleId' });
const Text = z.strictObject({ text });
const Closing = z.strictObject({ text, outcome: z.enum(OUTCOMES) });
const raisedAnswer = z.strictObject({ findingId: idText('finding') });
const followed = z.strictObject({ version: z.int() });
const READERS = ['auditor', 'operator', 'approver', 'payer', 'manager'] as const;

@Controller('audit/findings')
export class FindingsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Raise a finding, of an item, a sample or a whole, and ask the operator, a payer or a place about it; its people are told by mail',
    who: ['auditor'], mandate: 'scoped', body: Raise, status: 201, answer: raisedAnswer, refusals: ['reply_due_past', 'sample_not_found', 'item_not_found'],
  })
  async raise(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { sampleId = null, position = null, ...finding } = parse(Raise, body);
    const { organisationId, userId, mandates } = meta.caller;
    const auditor = { organisationId, userId, mandates: mandates?.inForce ?? [] };
    const outcome = await this.commands.execute(new RaiseFinding({ ...finding, sampleId, position }, auditor, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { findingId: idOut('finding', outcome.findingId) };
  }

  @Get()
  @Api({
    summary: 'Findings, newest first: those of your auditing body, or those addressed to you', who: READERS, mandate: 'scoped', query: pageQuery,
    answer: pageAnswer(findingAnswer),
  })
  async list(@Query() query: unknown, @Caller() caller: Principal) {
    const { limit, cursor } = parse(pageQuery, query);
    const [below] = cursor ? readCursor(z.tuple([z.uuid()]), cursor) : [null];
    const findings = await this.queries.execute(new ListFindings(caller, limit + 1, below));
    return pageOf(findings, limit, ({ findingId }) => [findingId], shownFinding);
  }

  @Get(':findingId')
  @Api({ summary: 'A finding with all that followed', who: READERS, mandate: 'scoped', answer: findingAnswer, refusals: ['finding_not_found'] })
  async show(@Param('findingId') id: string, @Caller() caller: Principal) {
    const found = await this.queries.execute(new ShowFinding(parse(idIn('finding'), id), caller));
    if (isRejected(found)) throw new Problem(found);
    return shownFinding(found);
  }

  @Post(':findingId/replies')
  @HttpCode(201)
  @Api({
    summary: 'Reply to a finding that is addressed to you, also after its day; both sides read it', who: ['operator', 'approver', 'payer', 'manager'],
    body: Text, status: 201, answer: followed, refusals: ['finding_not_found', 'finding_closed'],
  })
  reply(@Param('findingId') id: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    return this.follow(id, { step: 'replied', outcome: null, ...parse(Text, body) }, meta);
  }

  @Post(':findingId/notes')
  @HttpCode(201)
  @Api({
    summary: 'Go on with a finding of your auditing body', who: ['auditor'], mandate: 'scoped', body: Text, status: 201, answer: followed,
    refusals: ['finding_not_found', 'finding_closed'],
  })
  note(@Param('findingId') id: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    return this.follow(id, { step: 'noted', outcome: null, ...parse(Text, body) }, meta);
  }

  @Post(':findingId/closing')
  @HttpCode(201)
  @Api({
    summary: 'Close a finding of your auditing body with its outcome', who: ['auditor'], mandate: 'scoped', body: Closing, status: 201, answer: followed,
    refusals: ['finding_not_found', 'finding_closed'],
  })
  close(@Param('findingId') id: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    return this.follow(id, { step: 'closed', ...parse(Closing, body) }, meta);
  }

  private async follow(id: string, written: WrittenStep, meta: HttpMeta) {
    const outcome = await this.commands.execute(new FollowFinding(parse(idIn('finding'), id), written, meta.caller, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { version: outcome.version };
  }
}
