import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { placeOf } from '../alerts/place-of.js';
import { APPEAL_LENGTH_MAX, EXPLANATION_LENGTH_MAX } from '../limits.js';
import { AnswerAlertAppeal, StateAlertAppeal } from './alert-appeal.commands.js';

const grounds = z.strictObject({ grounds: textIn(APPEAL_LENGTH_MAX).describe('why the alert is wrong') });
const stated = z.strictObject({ appealId: idText('alertAppeal'), answerDue: z.string().describe('by when another person is to answer') });
const answer = z.strictObject({ outcome: z.enum(['upheld', 'rejected']), reasons: textIn(EXPLANATION_LENGTH_MAX).describe('the place reads them') });
const answered = z.strictObject({ appealId: idText('alertAppeal'), outcome: z.enum(['upheld', 'rejected']) });

@Controller('audit')
export class AlertAppealsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('alerts/:id/appeals')
  @HttpCode(201)
  @Api({
    summary: 'Appeal against an alert that was upheld about one\'s own place, within 60 days', who: ['till', 'manager'], body: grounds, answer: stated, status: 201,
    refusals: ['alert_not_found', 'alert_appeal_stated', 'alert_appeal_too_late'],
  })
  async state(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof stated>> {
    const appeal = { alertId: parse(idIn('alert'), id), placeId: placeOf(meta.caller), ...parse(grounds, asked) };
    const outcome = await this.commands.execute(new StateAlertAppeal(appeal, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, appealId: idOut('alertAppeal', outcome.appealId) };
  }

  @Post('alert-appeals/:id/answers')
  @HttpCode(201)
  @Api({
    summary: 'Answer an appeal, as another person than who upheld the alert; upheld, nothing more is held for it', who: ['operator'],
    freshSecondFactor: true, body: answer, answer: answered, status: 201, refusals: ['alert_appeal_not_found', 'alert_appeal_answered', 'alert_answerer_decided', 'decider_behind_account'],
  })
  async answer(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answered>> {
    const outcome = await this.commands.execute(new AnswerAlertAppeal({ appealId: parse(idIn('alertAppeal'), id), ...parse(answer, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { appealId: idOut('alertAppeal', outcome.appealId), outcome: outcome.outcome };
  }
}
