import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, parse, Problem } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { shownPayer } from '../register-payer/register-payer.controller.js';
import type { ProgrammeStanding } from './payer-standing.decision.js';
import { ShowPayer } from './show-payer.query.js';

const shown = shownPayer.extend({
  currency: z.literal('EUR'),
  programmes: z.array(z.strictObject({
    programmeId: idText('programme'), name: z.string(), orders: z.int(),
    orderedCents: z.int().describe('its shares of orders, of cancelled ones too'), paidCents: z.int().describe('of that, face value that arrived'),
    missingCents: z.int().describe('asked and not paid; of a cancelled order nothing is'),
    availableCents: z.int().describe('cover: money that arrived and backs no voucher'), activatedCents: z.int(),
    usedCents: z.int(), spendableCents: z.int().describe('active, neither used nor expired'), expiredCents: z.int(),
    refundedCents: z.int().describe('ordered back, of orders and of unused cover'),
  })).describe('that it has a share of an order of; used, spendable and expired add up to activated'),
});

@Controller('issuance/payers')
export class ShowPayerController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Api({
    summary: 'One payer, and what it ordered, paid and has in cover, what is out, used, expired and refunded, by programme',
    who: ['operator', 'auditor'], answer: shown, refusals: ['payer_not_found'],
  })
  async show(@Param('id') id: string): Promise<z.output<typeof shown>> {
    const outcome = await this.queries.execute(new ShowPayer(parse(idIn('payer'), id)));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { payerId, name, siren, siret, territories, programmes } = outcome;
    return {
      payerId: idOut('payer', payerId), name, siren, siret, territories: [...territories], currency: 'EUR',
      programmes: programmes.map(onWire),
    };
  }
}

const onWire = ({ programmeId, name, orders, ...sums }: ProgrammeStanding) => ({
  programmeId: idOut('programme', programmeId), name, orders,
  orderedCents: toWire(sums.ordered), paidCents: toWire(sums.paid), missingCents: toWire(sums.missing),
  availableCents: toWire(sums.available), activatedCents: toWire(sums.activated), usedCents: toWire(sums.used),
  spendableCents: toWire(sums.spendable), expiredCents: toWire(sums.expired), refundedCents: toWire(sums.refunded),
});
