import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { bicIn, holderIn, ibanIn } from '../bank-fields.js';
import { ListBankAccounts } from './list-bank-accounts.query.js';
import { OpenBankAccount } from './open-bank-account.command.js';
import { CUSTODIES } from './open-bank-account.decision.js';

const body = z.strictObject({ name: holderIn, iban: ibanIn, bic: bicIn, custody: z.enum(CUSTODIES).default('segregated_account') });
const opened = z.strictObject({ bankAccountId: idText('bankAccount') });
const shown = z.strictObject({
  bankAccountId: idText('bankAccount'), name: z.string(), iban: z.string(), bic: z.string(), custody: z.string(),
  statedOn: z.string().nullable(), statedCents: z.int().nullable(), ledgerCents: z.int(),
  unexplainedDebitsCents: z.int(), differenceCents: z.int().nullable(), currency: z.literal('EUR'),
});

@Controller('settlement/bank-accounts')
export class BankAccountsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Open a bank account of ours', who: ['operator'], freshSecondFactor: true, body, answer: opened, status: 201,
    refusals: ['custody_unsupported', 'bank_account_exists'],
  })
  async open(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof opened>> {
    const outcome = await this.commands.execute(new OpenBankAccount(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { bankAccountId: idOut('bankAccount', idOf('bankAccount', outcome.bankAccountId)) };
  }

  @Get()
  @Api({
    summary: 'Our bank accounts: what the bank states beside what the ledger says', who: ['operator', 'approver', 'auditor'],
    answer: z.strictObject({ items: z.array(shown) }),
  })
  async list(): Promise<{ items: z.output<typeof shown>[] }> {
    const items = await this.queries.execute(new ListBankAccounts());
    return { items: items.map(({ id, ...account }) => ({ bankAccountId: idOut('bankAccount', id), ...account, currency: 'EUR' as const })) };
  }
}
