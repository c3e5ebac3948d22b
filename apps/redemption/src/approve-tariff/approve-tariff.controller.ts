import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ApproveTariff } from './approve-tariff.command.js';

const body = z.strictObject({});
const answer = z.strictObject({ tariffId: idText('tariff'), countsFrom: z.string().describe('its own first day, or today when that is over') });

@Controller('redemption/tariffs')
export class ApproveTariffController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/approval')
  @HttpCode(201)
  @Api({
    summary: 'Approve a raise that an accredited place declared and that waits for it', who: ['operator'], body, answer, status: 201,
    refusals: ['tariff_not_found', 'tariff_counts_already', 'tariff_superseded'],
  })
  async approve(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    parse(body, asked);
    const outcome = await this.commands.execute(new ApproveTariff(parse(idIn('tariff'), id), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { tariffId: idOut('tariff', outcome.tariffId), countsFrom: outcome.countsFrom };
  }
}
