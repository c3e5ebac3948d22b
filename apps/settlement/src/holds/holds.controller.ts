import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import {
  Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta,
} from '#libs/http';
import { cents, idOf, isRejected, reject, toWire, type BankAccountId, type Rejected } from '#libs/kernel';
import { NOTE_LENGTH_MAX } from '../limits.js';
import { readerOf, type Reader } from '../reader.js';
import { HOLD_REASONS } from './hold.decision.js';
import { HOLD_STATES, ListHeldLines, ListHolds, type ListedHeldLine, type ListedHold } from './list-holds.query.js';
import { ReviewHold, type ReviewedHold } from './review-hold.command.js';

const query = pageQuery.extend({ state: z.enum(HOLD_STATES).optional(), payeeId: idIn('payee').optional(), holdId: idIn('hold').optional() });
const param = z.strictObject({ holdId: idIn('hold') });
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('hold', uuid))]);
const linePosition = z.tuple([z.int().nonnegative()]);
const note = textIn(NOTE_LENGTH_MAX).describe('why; the place can read it');
const releaseBody = z.strictObject({ note });
const rejectBody = z.strictObject({ reason: z.enum(['fraud']), note });

const listed = z.strictObject({
  holdId: idText('hold'), payeeId: idText('payee'), legalName: z.string().nullable(), bankAccountId: idText('bankAccount'),
  upToSeq: z.int(), period: z.string(), reason: z.enum(HOLD_REASONS),
  measureId: idText('measure').nullable().describe('the suspension or withdrawal that it is for; GET /redemption/measures says more'),
  measureReason: z.string().nullable(),
  alertId: idText('alert').nullable().describe('the upheld alert that it is for; a place appeals by POST /audit/alerts/{id}/appeals'),
  alertTextFr: z.string().nullable(), alertTextEn: z.string().nullable(),
  appeal: z.enum(['none', 'open', 'rejected', 'upheld']).nullable().describe('against the alert'), lines: z.int(), grossCents: z.int(), currency: z.literal('EUR'),
  heldAt: z.iso.datetime(), ageDays: z.int(), state: z.enum(HOLD_STATES), rejectedFor: z.string().nullable(), note: z.string().nullable(),
  decidedBy: z.string().nullable(), decidedAt: z.iso.datetime().nullable(),
  dueSeq: z.int().nullable().describe('the number by which released lines count'),
});
const line = z.strictObject({
  claimLineId: idText('claimLine'), redemptionId: idText('redemption'), placeId: idText('place'), programmeId: idText('programme'),
  serviceDate: z.string(), redeemedAt: z.iso.datetime(), grossCents: z.int(),
});
const reviewed = z.strictObject({
  holdId: idText('hold'), state: z.enum(['released', 'rejected']), lines: z.int(), grossCents: z.int(), currency: z.literal('EUR'),
  dueSeq: z.int().nullable(),
});
const REVIEW_REFUSALS = ['hold_unknown', 'hold_decided', 'reviewer_changed_iban', 'reviewer_upheld_alert'];

@Controller('settlement/holds')
export class HoldsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Lines held back at a closing, per payee, newest first, with reason and age; a place sees its own',
    who: ['operator', 'approver', 'auditor', 'manager', 'till'], query, answer: pageAnswer(listed),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal) {
    const { limit, cursor, state = null, payeeId = null, holdId = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const filter = { before, rowsMax: limit + 1, holdId, state, payeeId };
    const reader = readerOf(caller);
    const rows = await this.queries.execute(new ListHolds(reader, filter));
    return pageOf(rows, limit, ({ id }) => [id], (row) => show(row, reader));
  }

  @Get(':holdId/lines')
  @Api({
    summary: 'The claim lines of a hold, in the order of their numbers', who: ['operator', 'approver', 'auditor', 'manager', 'till'],
    query: pageQuery, answer: pageAnswer(line), refusals: ['hold_unknown'],
  })
  async lines(@Param() of: unknown, @Query() asked: unknown, @Caller() caller: Principal) {
    const [{ holdId }, { limit, cursor }] = [parse(param, of), parse(pageQuery, asked)];
    const [afterSeq] = cursor ? readCursor(linePosition, cursor) : [0];
    const rows = await this.queries.execute(new ListHeldLines(readerOf(caller), { holdId, afterSeq, rowsMax: limit + 1 }));
    if (!rows) throw new Problem(reject('hold_unknown'));
    return pageOf(rows, limit, ({ sourceSeq }) => [sourceSeq], showLine);
  }

  @Post(':holdId/release')
  @HttpCode(200)
  @Api({
    summary: 'Reviewed and right: the lines join the payee\'s next statement', who: ['approver'], freshSecondFactor: true, body: releaseBody,
    answer: reviewed, refusals: REVIEW_REFUSALS,
  })
  async release(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof reviewed>> {
    const review = { ...parse(param, of), ...parse(releaseBody, asked), outcome: 'released' as const };
    return showReviewed(await this.commands.execute(new ReviewHold(review, meta)));
  }

  @Post(':holdId/reject')
  @HttpCode(200)
  @Api({
    summary: 'Fraud: the lines are never paid, and their value is cover of the payers again', who: ['approver'], freshSecondFactor: true,
    body: rejectBody, answer: reviewed, refusals: [...REVIEW_REFUSALS, 'alert_appeal_open', 'alert_overturned'],
  })
  async reject(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof reviewed>> {
    const review = { ...parse(param, of), ...parse(rejectBody, asked), outcome: 'rejected' as const };
    return showReviewed(await this.commands.execute(new ReviewHold(review, meta)));
  }
}

const showReviewed = (outcome: ReviewedHold | Rejected): z.output<typeof reviewed> => {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { ...outcome, holdId: idOut('hold', outcome.holdId), currency: 'EUR' };
};

/** A place reads why, and not who: the operator answers for its people. */
function show(row: ListedHold, { placeId }: Reader): z.output<typeof listed> {
  const { id, payeeId, custodyAccountId, measureId, alertId, upToSeq, lineCount, gross, ...more } = row;
  const { heldAt, decidedAt, decidedBy, dueSeq, ...hold } = more;
  return {
    ...hold, holdId: idOut('hold', id), payeeId: idOut('payee', payeeId), bankAccountId: idOut('bankAccount', custodyAccountId as BankAccountId),
    upToSeq: Number(upToSeq), lines: lineCount, grossCents: toWire(cents(gross)), currency: 'EUR', heldAt: heldAt.toISOString(),
    measureId: measureId && idOut('measure', measureId), alertId: alertId && idOut('alert', alertId),
    decidedAt: decidedAt?.toISOString() ?? null, decidedBy: placeId === null ? decidedBy : null,
    dueSeq: dueSeq === null ? null : Number(dueSeq),
  };
}

function showLine(row: ListedHeldLine): z.output<typeof line> {
  const { claimLineId, redemptionId, placeId, programmeId, serviceDate, redeemedAt, gross } = row;
  return {
    claimLineId: idOut('claimLine', claimLineId), redemptionId: idOut('redemption', redemptionId), placeId: idOut('place', placeId),
    programmeId: idOut('programme', programmeId), serviceDate, redeemedAt: redeemedAt.toISOString(), grossCents: toWire(cents(gross)),
  };
}
