import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { isRejected, sum, toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { ShowCoverage, type Coverage } from './show-coverage.query.js';

const amounts = { availableCents: z.int(), announcedCents: z.int(), activatedCents: z.int() };
const shown = z.strictObject({
  programmeId: idText('programme'), currency: z.literal('EUR'), ...amounts,
  payers: z.array(z.strictObject({ payerId: idText('payer'), name: z.string(), ...amounts })),
});

@Controller('issuance/programmes')
export class ShowCoverageController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/coverage')
  @Api({
    summary: 'Cover of a programme: money that arrived and backs no voucher yet, announced, activated; a payer\'s own, or all',
    who: ['payer', 'operator', 'auditor'], answer: shown, refusals: ['programme_not_found'],
  })
  async show(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    const programmeId = parse(idIn('programme'), id);
    const payers = await this.queries.execute(new ShowCoverage(programmeId, payerOf(caller)));
    if (isRejected(payers)) throw new Problem(payers);
    const total = {
      available: sum(payers.map(({ available }) => available)), announced: sum(payers.map(({ announced }) => announced)),
      activated: sum(payers.map(({ activated }) => activated)),
    };
    return {
      programmeId: idOut('programme', programmeId), currency: 'EUR', ...onWire(total),
      payers: payers.map((payer) => ({ payerId: idOut('payer', payer.payerId), name: payer.name, ...onWire(payer) })),
    };
  }
}

const onWire = ({ available, announced, activated }: Coverage) =>
  ({ availableCents: toWire(available), announcedCents: toWire(announced), activatedCents: toWire(activated) });
