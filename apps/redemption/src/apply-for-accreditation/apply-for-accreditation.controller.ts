import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { APPLICATION_STATES } from '../application.decision.js';
import { documentShape, scoreAnswer, showScore } from '../application-view.js';
import { APPLICATION_DOCUMENTS_MAX } from '../limits.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { StartApplication, SubmitApplication, WriteApplication, type ScoredApplication } from './apply-for-accreditation.command.js';

const start = z.strictObject({ programmeId: idIn('programme') });
const content = z.strictObject({
  answers: z.record(z.string().max(40), z.string().max(40)).describe('the key of an option by the key of its question'),
  documents: z.array(documentShape).max(APPLICATION_DOCUMENTS_MAX).default([]),
});
const nothing = z.strictObject({});
const noted = z.strictObject({ applicationId: idText('application'), state: z.enum(APPLICATION_STATES) });
const scored = noted.extend({ score: scoreAnswer });

@Controller('redemption/applications')
export class ApplyForAccreditationController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Begin an application of one\'s own place for a programme, by its questionnaire of today; also the renewal of an accreditation that ends '
      + 'soon, and a draft anew whose questionnaire was replaced',
    who: ['till', 'manager'], body: start, answer: noted, status: 201,
    refusals: ['place_not_found', 'questionnaire_not_found', 'application_open', 'accreditation_runs'],
  })
  async start(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof noted>> {
    const outcome = await this.commands.execute(new StartApplication({ placeId: placeOf(meta.caller), ...parse(start, asked) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, applicationId: idOut('application', outcome.applicationId) };
  }

  @Post(':id/content')
  @HttpCode(200)
  @Api({
    summary: 'Write the answers and name the documents of an application; replaces what stood there, and says what it would score',
    who: ['till', 'manager'], body: content, answer: scored, refusals: ['application_not_found', 'application_closed', 'answers_strange'],
  })
  async write(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof scored>> {
    const own = { applicationId: parse(idIn('application'), id), placeId: placeOf(meta.caller) };
    return show(await this.commands.execute(new WriteApplication(own, parse(content, asked), meta)));
  }

  @Post(':id/submission')
  @HttpCode(200)
  @Api({
    summary: 'Submit an application as it is written', who: ['till', 'manager'], body: nothing, answer: scored,
    refusals: ['application_not_found', 'application_closed', 'questionnaire_replaced', 'application_incomplete'],
  })
  async submit(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof scored>> {
    parse(nothing, asked);
    const own = { applicationId: parse(idIn('application'), id), placeId: placeOf(meta.caller) };
    return show(await this.commands.execute(new SubmitApplication(own, meta)));
  }
}

function show(outcome: ScoredApplication | Rejected): z.output<typeof scored> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { ...outcome, applicationId: idOut('application', outcome.applicationId), score: showScore(outcome.score) };
}
