import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { cents, idOf, isRejected, reject, toWire } from '#libs/kernel';
import { listingAnswer, listingQuery, showTotals } from '#libs/listing';
import { readerOf } from '../reader.js';
import { AskEarlyPayment, EARLY_PAYMENT_STATES, ListEarlyPayments, ShowEarlyOffers, type ListedEarlyPayment } from './early-payment.commands.js';
import { earlyPayments } from './early-payments.listing.js';

const payee = idIn('payee').nullable().default(null).describe('for an operator; a place asks for its own');
const programmeId = idIn('programme').nullable().default(null).describe('out of whose pool, of what is due of that programme; null: out of the national one');
const body = z.strictObject({
  programmeId,
  bankAccountId: idIn('bankAccount').describe('the custody account that it is due on'), payeeId: payee, amountCents: z.int().positive(), currency: z.literal('EUR'),
});
const setAside = z.strictObject({
  earlyPaymentId: idText('earlyPayment'), amountCents: z.int(), dueCents: z.int().describe('what the open lines would be paid now'), currency: z.literal('EUR'),
});
const offerQuery = z.strictObject({ payeeId: payee, programmeId });
const offers = z.strictObject({
  items: z.array(z.strictObject({
    bankAccountId: idText('bankAccount'), dueCents: z.int(), openCents: z.int().describe('asked for early before, and not netted yet'),
    atMostCents: z.int().describe('what may be asked for now'), against: z.string().nullable().describe('the refusal that asking would meet; null: none'),
    currency: z.literal('EUR'),
  })),
});
const query = listingQuery(earlyPayments);
const listed = z.strictObject({
  earlyPaymentId: idText('earlyPayment'), pool: z.string().describe('general: the national one; else that of the programme with this id'), bankAccountId: idText('bankAccount'), payeeId: idText('payee'), legalName: z.string().nullable(),
  amountCents: z.int(), dueCents: z.int(), leftCents: z.int().describe('neither netted nor lapsed'), currency: z.literal('EUR'),
  askedBy: z.string().nullable().describe('told to the operator and auditors'), askedAt: z.iso.datetime(),
  state: z.enum(EARLY_PAYMENT_STATES).describe('set_aside: no run has it; from instructed on that of its payment, until it is netted'),
  ends: z.array(z.strictObject({
    kind: z.enum(['netted', 'lapsed']), statementId: idText('statement').nullable(), amountCents: z.int(), at: z.iso.datetime(),
  })),
});
const answer = listingAnswer(earlyPayments, listed);

@Controller('settlement/early-payments')
export class EarlyPaymentsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Ask the commons to pay a part of what is due before its statement; the next statement is paid so much less', who: ['manager', 'operator'],
    freshSecondFactor: true, body, answer: setAside, status: 201,
    refusals: [
      'bank_account_unknown', 'payee_unknown', 'early_payment_to_operator', 'payee_incomplete', 'early_payment_without_account', 'early_payment_not_offered',
      'early_payment_under_review', 'early_payment_history_short', 'early_payment_too_much', 'commons_short',
    ],
  })
  async ask(@Body() asked: unknown, @Caller() caller: Principal, @Meta() meta: HttpMeta): Promise<z.output<typeof setAside>> {
    const { currency: _, ...early } = parse(body, asked);
    const outcome = await this.commands.execute(new AskEarlyPayment({ ...early, ...readerOf(caller) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, earlyPaymentId: idOut('earlyPayment', outcome.earlyPaymentId), currency: 'EUR' };
  }

  @Get('offers')
  @Api({
    summary: 'What may be paid early now, per account of ours, and what is against it', who: ['manager', 'operator'], query: offerQuery, answer: offers,
    refusals: ['payee_unknown'],
  })
  async offers(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof offers>> {
    const found = await this.queries.execute(new ShowEarlyOffers({ ...parse(offerQuery, asked), ...readerOf(caller) }));
    if (!found) throw new Problem(reject('payee_unknown'));
    return { items: found.map(({ bankAccountId, ...offer }) => ({ ...offer, bankAccountId: idOut('bankAccount', bankAccountId), currency: 'EUR' })) };
  }

  @Get()
  @Api({
    summary: 'What was set aside to be paid early, what was paid and netted, newest first unless told otherwise', who: ['manager', 'operator', 'approver', 'auditor'],
    query, answer,
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const reader = readerOf(caller);
    const { rows, nextCursor, totals } = await this.queries.execute(new ListEarlyPayments({ ...parse(query, asked), ...reader }));
    return { items: rows.map((row) => show(row, reader.placeId === null)), nextCursor, totals: showTotals(totals) };
  }
}

function show({ id, bankAccountId, payeeId, legalName, ...one }: ListedEarlyPayment, isNamed: boolean): z.output<typeof listed> {
  const { pool, state, amountCents, dueCents, leftCents, askedBy, askedAt, ends } = one;
  return {
    pool, state, earlyPaymentId: idOut('earlyPayment', id), bankAccountId: idOut('bankAccount', bankAccountId), payeeId: idOut('payee', payeeId),
    legalName: legalName || null, amountCents: toWire(cents(amountCents)), dueCents: toWire(cents(dueCents)),
    leftCents: toWire(cents(leftCents)), currency: 'EUR', askedBy: isNamed ? askedBy : null, askedAt: askedAt.toISOString(),
    ends: ends.map(({ statementId, ...end }) => ({ ...end, statementId: statementId && idOut('statement', idOf('statement', statementId)) })),
  };
}
