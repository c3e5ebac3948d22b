// Mandates of auditing bodies: the operator proposes and confirms, a payer gives its own, whoever gave may end, and each
// side reads its own.
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { MANDATE_NAMES_MAX, type Principal } from '#libs/auth';
import { Api, Caller, dayIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { assert, idOf, isRejected, type PayerId, type Rejected } from '#libs/kernel';
import { MANDATE_DAYS_MAX, PURPOSE_LENGTH_MAX } from '../limits.js';
import type { MandateRow } from './mandate.store.js';
import { ConfirmMandate, EndMandate, GiveMandate, ListAuditingBodies, ListMandates } from './mandates.commands.js';

const programmeIds = z.array(idIn('programme')).max(MANDATE_NAMES_MAX).default([]).describe('empty: of every programme');
const days = {
  organisationId: idIn('organisation'), from: dayIn.optional().describe('left out: today'), days: z.int().min(1).max(MANDATE_DAYS_MAX),
  purpose: textIn(PURPOSE_LENGTH_MAX),
};
const Proposal = z.strictObject({
  ...days, programmeIds, payerIds: z.array(idIn('payer')).max(MANDATE_NAMES_MAX).default([]).describe('empty: of every payer'),
});
const OfPayer = z.strictObject({ ...days, programmeIds });
const Listed = pageQuery.extend({ mandateId: idIn('mandate').optional() });
const AuditingBody = z.strictObject({ organisationId: idText('organisation'), name: z.string() });
const Nothing = z.strictObject({});
const Done = z.strictObject({ mandateId: idText('mandate') });
const Shown = z.strictObject({
  mandateId: idText('mandate'), organisationId: idText('organisation'), organisationName: z.string(), programmeIds: z.array(idText('programme')),
  payerIds: z.array(idText('payer')), from: z.string(), until: z.string().describe('the last day'), purpose: z.string(),
  payerId: idText('payer').nullable().describe('of the payer that gave it; null: of the operator'),
  state: z.enum(['proposed', 'given', 'ended']).describe('given: on its days'), proposedBy: idText('user'), proposedAt: z.iso.datetime(),
  confirmedBy: idText('user').nullable(), endedBy: idText('user').nullable(), endedAt: z.iso.datetime().nullable(),
});

@Controller('identity')
export class MandatesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('mandates')
  @HttpCode(201)
  @Api({
    summary: 'Propose that an auditing body may look, at all or at what is named; an approver confirms', who: ['operator', 'approver'], body: Proposal,
    status: 201, answer: Done, refusals: ['auditor_not_found', 'mandate_over', 'mandates_too_many'],
  })
  async propose(@Body() body: unknown, @Meta() meta: HttpMeta) {
    return shownId(await this.commands.execute(new GiveMandate({ from: undefined, ...parse(Proposal, body) }, null, meta)));
  }

  @Post('payer-mandates')
  @HttpCode(201)
  @Api({
    summary: 'Let an auditing body look at what your payer pays for', who: ['payer'], freshSecondFactor: true, body: OfPayer,
    status: 201, answer: Done, refusals: ['auditor_not_found', 'mandate_over', 'mandates_too_many'],
  })
  async give(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const payerId = payerOf(meta.caller);
    const asked = { from: undefined, ...parse(OfPayer, body), payerIds: [payerId] };
    return shownId(await this.commands.execute(new GiveMandate(asked, payerId, meta)));
  }

  @Post('mandates/:mandateId/confirmations')
  @HttpCode(201)
  @Api({
    summary: 'Stand for a mandate that somebody else proposed: from now on it opens', who: ['approver'], freshSecondFactor: true, body: Nothing, status: 201,
    answer: Done, refusals: ['mandate_not_found', 'mandate_over', 'mandate_confirmed', 'confirmer_is_proposer'],
  })
  async confirm(@Param('mandateId') mandateId: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    parse(Nothing, body);
    return shownId(await this.commands.execute(new ConfirmMandate(parse(idIn('mandate'), mandateId), meta)));
  }

  /** No code is asked for: it takes a right away, and somebody who has to do that should not wait. */
  @Post('mandates/:mandateId/end')
  @HttpCode(201)
  @Api({
    summary: 'End a mandate before its last day: one of the operator any, a payer its own. Tokens that were given end within five minutes',
    who: ['operator', 'approver', 'payer'], body: Nothing, status: 201, answer: Done, refusals: ['mandate_not_found', 'mandate_over'],
  })
  async end(@Param('mandateId') mandateId: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    parse(Nothing, body);
    const of = meta.caller.organisationKind === 'payer' ? payerOf(meta.caller) : null;
    return shownId(await this.commands.execute(new EndMandate(parse(idIn('mandate'), mandateId), of, meta)));
  }

  @Get('mandates')
  @Api({
    summary: 'Mandates, newest first: all for the operator, those that it gave for a payer, its own for an auditing body',
    who: ['operator', 'approver', 'payer', 'auditor'], mandate: 'none', query: Listed, answer: pageAnswer(Shown),
  })
  async list(@Query() query: unknown, @Caller() caller: Principal) {
    const { limit, cursor, mandateId } = parse(Listed, query);
    const [below] = cursor ? readCursor(z.tuple([z.uuid()]), cursor) : [null];
    const side = caller.organisationKind === 'payer' ? { payerId: payerOf(caller) }
      : caller.organisationKind === 'auditor' ? { organisationId: caller.organisationId } : {};
    const of = { ...side, ...(mandateId && { mandateId }) };
    return pageOf(await this.queries.execute(new ListMandates(of, limit + 1, below)), limit, (row) => [row.mandateId], shown);
  }

  @Get('auditing-bodies')
  @Api({
    summary: 'Bodies that a mandate may be given to, in the order of their registration', who: ['operator', 'approver', 'payer'], query: pageQuery,
    answer: pageAnswer(AuditingBody),
  })
  async bodies(@Query() query: unknown) {
    const { limit, cursor } = parse(pageQuery, query);
    const [above] = cursor ? readCursor(z.tuple([z.uuid()]), cursor) : [null];
    return pageOf(await this.queries.execute(new ListAuditingBodies(limit + 1, above)), limit, ({ organisationId }) => [organisationId],
      ({ organisationId, name }) => ({ organisationId: idOut('organisation', idOf('organisation', organisationId)), name }));
  }
}

function payerOf({ partyId }: Principal): PayerId {
  assert(partyId, 'a member of a payer acts for one');
  return idOf('payer', partyId);
}

function shownId(outcome: Readonly<{ mandateId: MandateRow['mandateId'] }> | Rejected) {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { mandateId: idOut('mandate', idOf('mandate', outcome.mandateId)) };
}

const userOut = (userId: string): string => idOut('user', idOf('user', userId));

function shown({ mandateId, organisationId, payerId, proposedAt, endedAt, ...row }: MandateRow): z.output<typeof Shown> {
  const { programmeIds: programmes, payerIds, organisationName, from, until, purpose, proposedBy, confirmedBy, endedBy } = row;
  return {
    mandateId: idOut('mandate', idOf('mandate', mandateId)), organisationId: idOut('organisation', idOf('organisation', organisationId)), organisationName,
    programmeIds: programmes.map((id) => idOut('programme', idOf('programme', id))), payerIds: payerIds.map((id) => idOut('payer', idOf('payer', id))),
    from, until, purpose, payerId: payerId && idOut('payer', idOf('payer', payerId)),
    state: endedAt ? 'ended' : confirmedBy === null && payerId === null ? 'proposed' : 'given',
    proposedBy: userOut(proposedBy), proposedAt: proposedAt.toISOString(), confirmedBy: confirmedBy && userOut(confirmedBy),
    endedBy: endedBy && userOut(endedBy), endedAt: endedAt && endedAt.toISOString(),
  };
}
