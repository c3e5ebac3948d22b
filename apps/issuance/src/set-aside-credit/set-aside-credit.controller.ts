import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { SetAsideCredit } from './set-aside-credit.command.js';

const REASON_LENGTH_MAX = 200;
const body = z.strictObject({ reason: textIn(REASON_LENGTH_MAX).describe('what is waited for') });
const none = z.strictObject({});
const noted = z.strictObject({ bankLineId: idText('bankLine'), setAside: z.boolean() });

@Controller('issuance/credits')
export class SetAsideCreditController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/set-asides')
  @HttpCode(201)
  @Api({
    summary: 'Set a credit aside: it leaves the work-list for a list of its own', who: ['operator'], body, answer: noted, status: 201,
    refusals: ['receipt_not_found', 'receipt_used_up', 'receipt_set_aside'],
  })
  setAside(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof noted>> {
    return this.note(id, parse(body, asked).reason, meta);
  }

  @Post(':id/take-ups')
  @HttpCode(201)
  @Api({
    summary: 'Take a credit up again that was set aside', who: ['operator'], body: none, answer: noted, status: 201,
    refusals: ['receipt_not_found', 'receipt_not_set_aside'],
  })
  takeUp(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof noted>> {
    parse(none, asked);
    return this.note(id, null, meta);
  }

  private async note(id: string, reason: string | null, meta: HttpMeta): Promise<z.output<typeof noted>> {
    const outcome = await this.commands.execute(new SetAsideCredit({ bankLineId: parse(idIn('bankLine'), id), reason }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, bankLineId: idOut('bankLine', outcome.bankLineId) };
  }
}
