import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, dayIn, idIn, parse, Problem } from '#libs/http';
import { toWire } from '#libs/kernel';
import { readerOf } from '../reader.js';
import { ShowDepartureCharges } from './departure-charges.query.js';

const query = z.strictObject({
  from: dayIn.describe('from which day on the place would take part no longer'),
  saidOn: dayIn.describe('on which day, at its site, it would say so: of a charge of that very day nobody is free any more'),
  programmeId: idIn('programme').optional().describe('which programme it would leave; without it: every one'),
});
const shown = z.strictObject({
  year: z.int(), chargedOn: z.string(), amountCents: z.int(), vatCents: z.int(), currency: z.literal('EUR'),
  standing: z.enum(['charged', 'owed', 'owed_elsewhere', 'not_owed'])
    .describe('charged: its debt stands; owed_elsewhere: another programme or another place of the same payee takes part on that day'),
});

@Controller('settlement/departure-charges')
export class DepartureChargesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Which yearly charges one\'s own place would still owe if it said on a day that it leaves from another on, and which not', who: ['manager'],
    query, answer: z.strictObject({ items: z.array(shown) }),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<{ items: z.output<typeof shown>[] }> {
    const { from, saidOn, programmeId = null } = parse(query, asked);
    const { placeId } = readerOf(caller);
    if (placeId === null) throw new Problem('role_missing');
    const charges = await this.queries.execute(new ShowDepartureCharges({ placeId, programmeId, from, saidOn }));
    return {
      items: charges.map(({ year, chargedOn, fee, vat, standing }) =>
        ({ year, chargedOn, amountCents: toWire(fee), vatCents: toWire(vat), currency: 'EUR', standing })),
    };
  }
}
