import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { ClosePeriod, ShowTotals, type Closed } from './close-period.command.js';

const body = z.strictObject({});
const answer = z.strictObject({ upToSeq: z.int(), placeCount: z.int(), count: z.int(), amountCents: z.int() });
const totals = z.strictObject({
  upToSeq: z.int().describe('the last message number of redemption that is counted'),
  places: z.array(z.strictObject({ placeId: idText('place'), count: z.int(), amountCents: z.int() })),
  currency: z.literal('EUR'),
});

@Controller('redemption')
export class ClosePeriodController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('period-closings')
  @HttpCode(201)
  @Api({ summary: 'Tell settlement what was redeemed up to now, per place', who: ['operator'], body, answer, status: 201, refusals: ['undo_under_way'] })
  async close(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<Closed> {
    parse(body, asked);
    const outcome = await this.commands.execute(new ClosePeriod(meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get('totals')
  @Api({ summary: 'What was redeemed per place and not undone, as far as it has message numbers', who: ['operator', 'auditor'], answer: totals })
  async totals(): Promise<z.output<typeof totals>> {
    const { upToSeq, places } = await this.queries.execute(new ShowTotals());
    return {
      upToSeq, currency: 'EUR',
      places: places.map(({ placeId, count, amount }) => ({ placeId: idOut('place', placeId), count, amountCents: toWire(amount) })),
    };
  }
}
