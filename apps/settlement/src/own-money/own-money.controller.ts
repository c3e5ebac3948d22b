import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText } from '#libs/http';
import { toWire } from '#libs/kernel';
import { shortfallOf, takeableOf } from './own-money.decision.js';
import type { AccountMoney } from './own-money.store.js';
import { ShowOwnMoney } from './show-own-money.query.js';

const shown = z.strictObject({
  bankAccountId: idText('bankAccount'),
  ownCents: z.int().describe('fees and VAT collected, less fees of the bank and of Stripe, gestures, losses and what was taken out'),
  shortfallCents: z.int().describe('to be paid in before the next run is released'),
  boundCents: z.int().describe('what payers and places owe of it, is on its way out, or the bank or Stripe do not have'),
  takeableCents: z.int().describe('the most that a run of fees may be made for'),
  takenOutCents: z.int().describe('by runs of fees, less what was paid in'),
  earnedOfPayersCents: z.int().describe('of ownCents: fees and VAT of payers, as issuance announced'),
  toldAt: z.iso.datetime().nullable().describe('as of when issuance announced; null: not yet'), currency: z.literal('EUR'),
});

@Controller('settlement/own-money')
export class OwnMoneyController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'What is the operator\'s own on each bank account of ours: what it may take out, and what it has to pay in', who: ['operator', 'approver', 'auditor'],
    answer: z.strictObject({ items: z.array(shown) }),
  })
  async show(): Promise<{ items: z.output<typeof shown>[] }> {
    return { items: (await this.queries.execute(new ShowOwnMoney())).map(show) };
  }
}

const show = (money: AccountMoney): z.output<typeof shown> => ({
  bankAccountId: idOut('bankAccount', money.bankAccountId), ownCents: Number(money.own), shortfallCents: toWire(shortfallOf(money)),
  boundCents: Number(money.bound), takeableCents: toWire(takeableOf(money)), takenOutCents: Number(money.takenOut),
  earnedOfPayersCents: Number(money.earnedOfPayers), toldAt: money.told?.cutAt.toISOString() ?? null, currency: 'EUR',
});
