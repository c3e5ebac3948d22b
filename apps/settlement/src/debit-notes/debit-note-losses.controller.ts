import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { NOTE_LENGTH_MAX } from '../limits.js';
import { DecideLoss, ProposeLoss } from './debit-note-loss.commands.js';

const noteParam = z.strictObject({ debitNoteId: idIn('debitNote') });
const lossParam = z.strictObject({ lossId: idIn('debitNoteLoss') });
const body = z.strictObject({ note: textIn(NOTE_LENGTH_MAX).describe('why; stays with the debit note') });
const proposed = z.strictObject({ lossId: idText('debitNoteLoss'), amountCents: z.int(), currency: z.literal('EUR') });
const decided = proposed.extend({ state: z.enum(['confirmed', 'cancelled']) });

@Controller('settlement')
export class DebitNoteLossesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('debit-notes/:debitNoteId/losses')
  @HttpCode(201)
  @Api({
    summary: 'Propose to write off what is left of a debit note; nothing moves before somebody else confirms it', who: ['operator', 'approver'], body,
    answer: proposed, status: 201, refusals: ['debit_note_unknown', 'debit_note_settled', 'debit_note_loss_open'],
  })
  async propose(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof proposed>> {
    const outcome = await this.commands.execute(new ProposeLoss({ ...parse(noteParam, of), ...parse(body, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, lossId: idOut('debitNoteLoss', outcome.lossId), currency: 'EUR' };
  }

  @Post('debit-note-losses/:lossId/confirm')
  @HttpCode(200)
  @Api({
    summary: 'Somebody else: it will not be paid, and the operator bears it', who: ['approver'], freshSecondFactor: true, body, answer: decided,
    refusals: ['debit_note_loss_unknown', 'debit_note_loss_decided', 'checker_is_maker', 'gives_to_own_account', 'debit_note_left_changed'],
  })
  confirm(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof decided>> {
    return this.decide({ ...parse(lossParam, of), ...parse(body, asked), outcome: 'confirmed' }, meta);
  }

  @Post('debit-note-losses/:lossId/cancel')
  @HttpCode(200)
  @Api({
    summary: 'It is not given up: nothing moves', who: ['operator', 'approver'], body, answer: decided,
    refusals: ['debit_note_loss_unknown', 'debit_note_loss_decided'],
  })
  cancel(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof decided>> {
    return this.decide({ ...parse(lossParam, of), ...parse(body, asked), outcome: 'cancelled' }, meta);
  }

  private async decide(asked: DecideLoss['asked'], meta: HttpMeta): Promise<z.output<typeof decided>> {
    const outcome = await this.commands.execute(new DecideLoss(asked, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, lossId: idOut('debitNoteLoss', outcome.lossId), currency: 'EUR' };
  }
}
