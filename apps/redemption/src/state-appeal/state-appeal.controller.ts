import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import type { Decision } from '../appeal.store.js';
import { APPEAL_LENGTH_MAX } from '../limits.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { StateAppeal } from './state-appeal.command.js';

const body = z.strictObject({ grounds: textIn(APPEAL_LENGTH_MAX).describe('why the decision is wrong') });
const stated = z.strictObject({ appealId: idText('appeal'), answerDue: z.string().describe('by when another person is to answer') });
const REFUSED = ['decision_not_found', 'appeal_stated', 'appeal_too_late'];

@Controller('redemption')
export class StateAppealController {
  constructor(private readonly commands: CommandBus) {}

  @Post('measures/:id/appeals')
  @HttpCode(201)
  @Api({
    summary: 'Appeal against the suspension or withdrawal of one\'s own place, within 60 days', who: ['till', 'manager'], body, answer: stated,
    status: 201, refusals: REFUSED,
  })
  measure(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof stated>> {
    return this.state({ kind: 'measure', id: parse(idIn('measure'), id) }, asked, meta);
  }

  @Post('refusals/:id/appeals')
  @HttpCode(201)
  @Api({
    summary: 'Appeal against the refusal of one\'s own application (the id of its step), within 60 days', who: ['till', 'manager'], body, answer: stated,
    status: 201, refusals: REFUSED,
  })
  refusal(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof stated>> {
    return this.state({ kind: 'refusal', id: parse(idIn('applicationStep'), id) }, asked, meta);
  }

  private async state(against: Decision, asked: unknown, meta: HttpMeta): Promise<z.output<typeof stated>> {
    const outcome = await this.commands.execute(new StateAppeal({ against, placeId: placeOf(meta.caller), ...parse(body, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { appealId: idOut('appeal', outcome.appealId), answerDue: outcome.answerDue };
  }
}
