import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { EXPLANATION_LENGTH_MAX } from '../limits.js';
import { AnswerAppeal } from './answer-appeal.command.js';

const body = z.strictObject({
  outcome: z.enum(['upheld', 'rejected']), reasons: textIn(EXPLANATION_LENGTH_MAX).describe('the place reads them'),
});
const answered = z.strictObject({ appealId: idText('appeal'), outcome: z.enum(['upheld', 'rejected']) });

@Controller('redemption/appeals')
export class AnswerAppealController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/answers')
  @HttpCode(201)
  @Api({
    summary: 'Answer an appeal, as another person than who decided; upheld undoes the decision', who: ['operator'], body, answer: answered,
    status: 201, refusals: ['appeal_not_found', 'appeal_answered', 'answerer_decided'],
  })
  async answer(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answered>> {
    const outcome = await this.commands.execute(new AnswerAppeal({ appealId: parse(idIn('appeal'), id), ...parse(body, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { appealId: idOut('appeal', outcome.appealId), outcome: outcome.outcome };
  }
}
