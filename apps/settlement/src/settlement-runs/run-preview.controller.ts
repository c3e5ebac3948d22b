import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { reject, sum, toWire } from '#libs/kernel';
import { maskIban } from '../bank-fields.js';
import { LEFT_OUT_REASONS } from './create-run.decision.js';
import { PreviewRun, type RunPreview } from './preview-run.query.js';
import { BREAKERS } from './run-breakers.decision.js';
import type { RunId } from './settlement-runs.commands.js';

const param = z.strictObject({ runId: idIn('settlementRun') });
const payee = { payeeId: idText('payee'), legalName: z.string().nullable(), amountCents: z.int() };
const shown = z.strictObject({
  runId: idText('settlementRun'), currency: z.literal('EUR'),
  totals: z.strictObject({
    payments: z.int(), amountCents: z.int(), lastAmountCents: z.int().nullable().describe('of the last released run of the same purpose and bank account'),
    differenceCents: z.int(), newPayees: z.int(), newAccounts: z.int(), leftOut: z.int(), leftOutCents: z.int(),
  }),
  breakers: z.array(z.strictObject({ breaker: z.enum(BREAKERS), figures: z.record(z.string(), z.number()) }))
    .describe('what is unusual: each approver gives a reason for each, and two people have to approve'),
  payments: z.array(z.strictObject({
    ...payee, iban: z.string().nullable().describe('masked'), stripeAccountId: z.string().nullable(), lastAmountCents: z.int(), differenceCents: z.int(),
    newPayee: z.boolean().describe('never paid before'), newAccount: z.boolean().describe('never paid on this account'),
  })),
  leftOut: z.array(z.strictObject({ ...payee, reason: z.enum(LEFT_OUT_REASONS) })),
});

@Controller('settlement/settlement-runs/:runId/preview')
export class RunPreviewController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'A run against the last one, payee by payee, the largest payment first, with what is unusual about it and whom it leaves out',
    who: ['operator', 'approver', 'auditor'], answer: shown, refusals: ['run_unknown'],
  })
  async preview(@Param() asked: unknown): Promise<z.output<typeof shown>> {
    const { runId } = parse(param, asked);
    const preview = await this.queries.execute(new PreviewRun(runId));
    if (!preview) throw new Problem(reject('run_unknown'));
    return show(runId, preview);
  }
}

function show(runId: RunId, { payments, leftOut, total, lastTotal, breakers }: RunPreview): z.output<typeof shown> {
  return {
    runId: idOut('settlementRun', runId), currency: 'EUR',
    totals: {
      payments: payments.length, amountCents: toWire(total), lastAmountCents: lastTotal === null ? null : toWire(lastTotal),
      differenceCents: Number(total - (lastTotal ?? 0n)), newPayees: payments.filter(({ newPayee }) => newPayee).length,
      newAccounts: payments.filter(({ newAccount }) => newAccount).length,
      leftOut: leftOut.length, leftOutCents: toWire(sum(leftOut.map(({ amount }) => amount))),
    },
    breakers: breakers.map(({ breaker, figures }) => ({ breaker, figures: { ...figures } })),
    payments: payments.map(({ payeeId, iban, amount, lastAmount, ...one }) => ({
      ...one, payeeId: idOut('payee', payeeId), iban: iban && maskIban(iban), amountCents: toWire(amount), lastAmountCents: toWire(lastAmount),
      differenceCents: Number(amount - lastAmount),
    })),
    leftOut: leftOut.map(({ payeeId, legalName, amount, reason }) => ({ payeeId: idOut('payee', payeeId), legalName, amountCents: toWire(amount), reason })),
  };
}
