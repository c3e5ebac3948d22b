import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, type HttpMeta } from '#libs/http';
import { idOf, isRejected, reject, toWire } from '#libs/kernel';
import { LEFT_OUT_REASONS } from './create-run.decision.js';
import { PURPOSES, RAILS } from '../payment-source.decision.js';
import { CreateRun } from './settlement-runs.commands.js';
import { ListRuns, type ListedRun } from './settlement-runs.queries.js';

const body = z.strictObject({
  rail: z.enum(RAILS).default('sepa').describe('a file for the bank, or transfers to the Stripe accounts of places out of the balance at Stripe'),
  bankAccountId: idIn('bankAccount'), purpose: z.enum(PURPOSES).default('place').describe('whom to pay: places, payers their refunds, those whom the commons give to, or the operator what is its own'),
  executionOn: dayIn.nullable().default(null),
  amountCents: z.int().positive().nullable().default(null).describe('of a run of fees only: how much of its own the operator takes out'),
}).refine(({ rail, purpose, executionOn }) => rail === 'sepa' || (purpose === 'place' && executionOn === null),
  'transfers pay places, on the day of their release')
  .refine(({ purpose, amountCents }) => (purpose === 'fees') === (amountCents !== null), 'a run of fees has an amount, and no other has');
const created = z.strictObject({
  runId: idText('settlementRun'), rail: z.enum(RAILS), purpose: z.enum(PURPOSES), sha256: z.string(), messageId: z.string(), executionOn: z.string(), paymentCount: z.int(),
  amountCents: z.int(), currency: z.literal('EUR'), leftOutCount: z.int(),
  payments: z.array(z.strictObject({
    payeeId: idText('payee'), legalName: z.string().nullable(), iban: z.string().nullable().describe('masked'), stripeAccountId: z.string().nullable(),
    amountCents: z.int(), statements: z.int(), refunds: z.int(), allocations: z.int(), earlyPayments: z.int(),
  })),
  leftOut: z.array(z.strictObject({
    payeeId: idText('payee'), legalName: z.string().nullable(), amountCents: z.int(),
    reason: z.enum(LEFT_OUT_REASONS),
  })),
});
const param = z.strictObject({ runId: idIn('settlementRun') });
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('settlementRun', uuid))]);
const listed = z.strictObject({
  runId: idText('settlementRun'), rail: z.enum(RAILS), bankAccountId: idText('bankAccount'), purpose: z.enum(PURPOSES), state: z.enum(['drafted', 'approved', 'released', 'cancelled']),
  messageId: z.string(), executionOn: z.string(), paymentCount: z.int(), amountCents: z.int(), currency: z.literal('EUR'),
  sha256: z.string(), createdBy: z.string(), createdAt: z.iso.datetime(), releasedAt: z.iso.datetime().nullable(), downloads: z.int(),
  approvals: z.array(z.strictObject({ userId: z.string(), at: z.iso.datetime() })),
  cancelReason: z.string().nullable(), cancelledBy: z.string().nullable(), cancelledAt: z.iso.datetime().nullable(),
});

@Controller('settlement/settlement-runs')
export class SettlementRunsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Make a file of payments, or a list of transfers by Stripe, of everything that is owed on one bank account, for another person to approve',
    who: ['operator'], body, answer: created, status: 201,
    refusals: [
      'card_payments_off', 'stripe_account_missing', 'bank_account_not_at_stripe', 'bank_account_unknown', 'operator_unknown', 'own_money_untold',
      'own_money_short', 'execution_day_past', 'nothing_to_pay',
    ],
  })
  async create(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof created>> {
    const outcome = await this.commands.execute(new CreateRun(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    const shown = <T extends { payeeId: string }>(payee: T) => ({ ...payee, payeeId: idOut('payee', idOf('payee', payee.payeeId)) });
    return {
      ...outcome, runId: idOut('settlementRun', outcome.runId), currency: 'EUR',
      payments: outcome.payments.map(shown), leftOut: outcome.leftOut.map(shown),
    };
  }

  @Get()
  @Api({ summary: 'Settlement runs, newest first', who: ['operator', 'approver', 'auditor'], query: pageQuery, answer: pageAnswer(listed) })
  async list(@Query() asked: unknown) {
    const { limit, cursor } = parse(pageQuery, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListRuns({ before, rowsMax: limit + 1, runId: null }));
    return pageOf(rows, limit, ({ id }) => [id], show);
  }

  @Get(':runId')
  @Api({ summary: 'One settlement run', who: ['operator', 'approver', 'auditor'], answer: listed, refusals: ['run_unknown'] })
  async one(@Param() asked: unknown): Promise<z.output<typeof listed>> {
    const { runId } = parse(param, asked);
    const [run] = await this.queries.execute(new ListRuns({ before: null, rowsMax: 1, runId }));
    if (!run) throw new Problem(reject('run_unknown'));
    return show(run);
  }
}

function show({ id, bankAccountId, amount, createdAt, releasedAt, approvals, cancelledAt, ...run }: ListedRun): z.output<typeof listed> {
  return {
    runId: idOut('settlementRun', id), bankAccountId: idOut('bankAccount', bankAccountId), ...run, amountCents: toWire(amount), currency: 'EUR',
    createdAt: createdAt.toISOString(), releasedAt: releasedAt?.toISOString() ?? null, approvals: [...approvals],
    cancelledAt: cancelledAt?.toISOString() ?? null,
  };
}
