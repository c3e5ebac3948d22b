import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { amountIn, Api, Caller, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { cents, isRejected, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { NOTE_LENGTH_MAX } from '../limits.js';
import { readerOf, type Reader } from '../reader.js';
import { DecideIncident, StateIncident } from './incident.commands.js';
import { INCIDENT_KINDS } from './incident.decision.js';
import { incidents } from './incidents.listing.js';
import { INCIDENT_STATES, ListIncidents, type ListedIncident } from './list-incidents.query.js';

const param = z.strictObject({ incidentId: idIn('incident') });
const note = textIn(NOTE_LENGTH_MAX).describe('why; the place can read it once the incident is validated');
const stateBody = z.strictObject({
  redemptionId: idIn('redemption'), kind: z.enum(INCIDENT_KINDS).describe('fraud: all of it comes back; gesture: given by the operator beside it'),
  amountCents: amountIn.optional().describe('what was too much, or is given; left out for fraud'), note,
});
const stated = z.strictObject({ incidentId: idText('incident'), amountCents: z.int(), currency: z.literal('EUR') });
const decideBody = z.strictObject({ note });
const decided = z.strictObject({
  incidentId: idText('incident'), state: z.enum(['validated', 'cancelled']),
  dueSeq: z.int().nullable().describe('the payee\'s first statement that reaches this number nets it'),
});
const query = listingQuery(incidents);
const listed = z.strictObject({
  incidentId: idText('incident'), kind: z.enum(INCIDENT_KINDS), state: z.enum(INCIDENT_STATES), redemptionId: idText('redemption'),
  payeeId: idText('payee'), legalName: z.string().nullable(), placeId: idText('place'), programmeId: idText('programme'), serviceDate: z.string(), amountCents: z.int(),
  currency: z.literal('EUR'), note: z.string(), createdBy: z.string().nullable(), createdAt: z.string(), decisionNote: z.string().nullable(),
  decidedBy: z.string().nullable(), decidedAt: z.string().nullable(), dueSeq: z.int().nullable(),
});
const list = listingAnswer(incidents, listed);

@Controller('settlement/incidents')
export class IncidentsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'State that a line of a closed statement was wrong, or that something is given beside it; nothing moves before somebody else validates it', who: ['operator', 'approver'],
    body: stateBody, answer: stated, status: 201,
    refusals: ['claim_line_unknown', 'claim_line_not_stated', 'claim_line_corrected', 'incident_over_line', 'fraud_is_whole'],
  })
  async state(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof stated>> {
    const { amountCents = null, ...rest } = parse(stateBody, asked);
    const outcome = await this.commands.execute(new StateIncident({ ...rest, amount: amountCents }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { incidentId: idOut('incident', outcome.incidentId), amountCents: outcome.amountCents, currency: 'EUR' };
  }

  @Post(':incidentId/validate')
  @HttpCode(200)
  @Api({
    summary: 'Looked at and found right: the payee owes it, its next statement nets it, and the payers have their cover again; a gesture is owed to the payee',
    who: ['approver'], freshSecondFactor: true, body: decideBody, answer: decided,
    refusals: ['incident_unknown', 'incident_decided', 'checker_is_maker', 'gives_to_own_account'],
  })
  validate(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof decided>> {
    return this.decide({ ...parse(param, of), ...parse(decideBody, asked), outcome: 'validated' }, meta);
  }

  @Post(':incidentId/cancel')
  @HttpCode(200)
  @Api({
    summary: 'Looked at and found wrong: nothing moves', who: ['operator', 'approver'], body: decideBody, answer: decided,
    refusals: ['incident_unknown', 'incident_decided'],
  })
  cancel(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof decided>> {
    return this.decide({ ...parse(param, of), ...parse(decideBody, asked), outcome: 'cancelled' }, meta);
  }

  @Get()
  @Api({
    summary: 'Incidents, newest first unless told otherwise; a place sees those of its own lines, once validated', who: ['operator', 'approver', 'auditor', 'manager', 'till'],
    query, answer: list,
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof list>> {
    const reader = readerOf(caller);
    const { rows, nextCursor, totals } = await this.queries.execute(new ListIncidents(reader, parse(query, asked)));
    return { items: rows.map((row) => show(row, reader)), nextCursor, totals: showTotals(totals) };
  }

  private async decide(asked: DecideIncident['asked'], meta: HttpMeta): Promise<z.output<typeof decided>> {
    const outcome = await this.commands.execute(new DecideIncident(asked, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, incidentId: idOut('incident', asked.incidentId) };
  }
}

/** A place reads why, and not who: the operator answers for its people. */
function show(row: ListedIncident, { placeId: asPlace }: Reader): z.output<typeof listed> {
  const { kind, state, note, decisionNote, createdBy, decidedBy, createdAt, decidedAt, serviceDate, legalName, amountCents, dueSeq } = row;
  const person = (who: string | null) => (asPlace === null ? who : null);
  return {
    kind, state, note, decisionNote, incidentId: idOut('incident', row.id), redemptionId: idOut('redemption', row.redemptionId),
    payeeId: idOut('payee', row.payeeId), legalName: legalName || null, placeId: idOut('place', row.placeId), programmeId: idOut('programme', row.programmeId),
    serviceDate: serviceDate.toISOString().slice(0, 10), amountCents: toWire(cents(amountCents)), currency: 'EUR',
    createdBy: person(createdBy), createdAt: createdAt.toISOString(), decidedBy: person(decidedBy),
    decidedAt: decidedAt?.toISOString() ?? null,
    dueSeq: dueSeq === null ? null : Number(dueSeq),
  };
}
