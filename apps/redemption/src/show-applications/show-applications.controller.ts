import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { idOf } from '#libs/kernel';
import { APPLICATION_STATES } from '../application.decision.js';
import { documentShape, scoreAnswer, showScore } from '../application-view.js';
import { placeOf as cursorPlace } from '../id-cursor.js';
import { decideScore } from '../questionnaire.decision.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ListApplications, type ApplicationView, type StepView } from './show-applications.query.js';

const query = pageQuery.extend({ placeId: idIn('place').optional(), state: z.enum(APPLICATION_STATES).optional() });
const shown = z.strictObject({
  applicationId: idText('application'), placeId: idText('place'), programmeId: idText('programme'), questionnaireVersion: z.int(),
  state: z.enum(APPLICATION_STATES), createdAt: z.iso.datetime(), answers: z.record(z.string(), z.string()),
  documents: z.array(documentShape), score: scoreAnswer,
  steps: z.array(z.strictObject({
    stepId: idText('applicationStep').describe('of a refusal: what an appeal is against'), step: z.string(), explanation: z.string().nullable(),
    points: z.int().nullable(), accreditationVersion: z.int().nullable(), takenAt: z.string(),
    takenBy: z.string().nullable().describe('told to the operator and to auditors'),
  })),
});

@Controller('redemption/applications')
export class ShowApplicationsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Applications for accreditation with their score and its parts, newest first; a place sees its own, others what was submitted',
    who: ['operator', 'auditor', 'till', 'manager'], query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, placeId = null, state = null } = parse(query, asked);
    const own = caller.organisationKind === 'place' ? placeOf(caller) : null;
    const rows = await this.queries.execute(new ListApplications({
      before: cursorPlace('application', cursor), rowsMax: limit + 1, placeId: own ?? placeId, withDrafts: own !== null, state,
    }));
    return pageOf(rows, limit, ({ applicationId }) => [applicationId], (row) => show(row, own === null));
  }
}

function show(view: ApplicationView, toldWho: boolean): z.output<typeof shown> {
  const { applicationId, placeId, programmeId, questionnaire, createdAt, documents, steps, ...application } = view;
  return {
    ...application, applicationId: idOut('application', applicationId), placeId: idOut('place', placeId),
    programmeId: idOut('programme', programmeId), createdAt: createdAt.toISOString(), documents: [...documents],
    score: showScore(decideScore(questionnaire, application.answers)), steps: steps.map((step) => showStep(step, toldWho)),
  };
}

/** A place reads why, and not who: the operator answers for its people. */
const showStep = ({ stepId, takenBy, ...step }: StepView, toldWho: boolean) =>
  ({ ...step, stepId: idOut('applicationStep', idOf('applicationStep', stepId)), takenBy: toldWho ? takenBy : null });
