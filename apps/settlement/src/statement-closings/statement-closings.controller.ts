import { Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, Meta, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { CloseStatements } from './close-statements.command.js';

const closed = z.strictObject({
  upToSeq: z.int(), statements: z.int(), grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(),
  netCents: z.int(), currency: z.literal('EUR'),
});

@Controller('settlement/statement-closings')
export class StatementClosingsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Close the statements of all payees where redemption totalled last', who: ['operator'], once: true, answer: closed, status: 201,
    refusals: ['nothing_to_close', 'redemption_messages_missing', 'totals_differ', 'fee_rule_missing'],
  })
  async close(@Meta() meta: HttpMeta): Promise<z.output<typeof closed>> {
    const outcome = await this.commands.execute(new CloseStatements(meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, currency: 'EUR' };
  }
}
