import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { NOTE_LENGTH_MAX } from '../limits.js';
import { ClearStatement } from './clear-statement.command.js';

const param = z.strictObject({ statementId: idIn('statement') });
const body = z.strictObject({ note: textIn(NOTE_LENGTH_MAX).describe('why it is paid all the same') });
const cleared = z.strictObject({ statementId: idText('statement'), measureIds: z.array(idText('measure')), alertIds: z.array(idText('alert')) });

@Controller('settlement/statements')
export class ClearStatementController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':statementId/clearances')
  @HttpCode(201)
  @Api({
    summary: 'Let the next run pay a closed statement of a place that was suspended, withdrawn or found by an alert since', who: ['approver'],
    freshSecondFactor: true, body, answer: cleared, status: 201, refusals: ['statement_unknown', 'nothing_to_clear', 'reviewer_changed_iban', 'reviewer_upheld_alert'],
  })
  async clear(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof cleared>> {
    const outcome = await this.commands.execute(new ClearStatement({ ...parse(param, of), ...parse(body, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      statementId: idOut('statement', outcome.statementId), measureIds: outcome.measureIds.map((id) => idOut('measure', idOf('measure', id))),
      alertIds: outcome.alertIds.map((id) => idOut('alert', idOf('alert', id))),
    };
  }
}
