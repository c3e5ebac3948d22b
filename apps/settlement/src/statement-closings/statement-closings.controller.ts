import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, type HttpMeta, Meta, monthIn, parse, Problem } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { CloseStatements } from './close-statements.command.js';

const body = z.strictObject({
  period: monthIn.nullable().default(null).describe('the month that the statements are about; without it, the month of yesterday'),
});
const closed = z.strictObject({
  upToSeq: z.int(), period: z.string(), closedBefore: z.boolean().describe('true: nothing was left to close, and this is the last closing'),
  statements: z.int(), grossCents: z.int(), feeCents: z.int(), vatCents: z.int(), commonsCents: z.int(),
  netCents: z.int(), holds: z.int().describe('payees whose lines were held back for review'), heldCents: z.int(),
  carriedOver: z.int().describe('payees whose lines wait for a later closing'), carriedOverCents: z.int(), currency: z.literal('EUR'),
});

@Controller('settlement/statement-closings')
export class StatementClosingsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Close the statements of all payees where redemption totalled last', who: ['operator'], body, answer: closed, status: 201,
    refusals: ['nothing_to_close', 'redemption_messages_missing', 'totals_differ', 'fee_rule_missing', 'period_out_of_order'],
  })
  async close(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof closed>> {
    const outcome = await this.commands.execute(new CloseStatements(parse(body, asked ?? {}), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, currency: 'EUR' };
  }
}
