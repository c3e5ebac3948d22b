import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { idOf } from '#libs/kernel';
import { placeOf as cursorPlace } from '../id-cursor.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ListAppeals, type AppealView } from './show-appeals.query.js';

const query = pageQuery.extend({
  placeId: idIn('place').optional(),
  open: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
});
const shown = z.strictObject({
  appealId: idText('appeal'), placeId: idText('place'), decisionId: z.string().describe('the measure, or the step that refused an application'),
  grounds: z.string(), statedAt: z.iso.datetime(), answerDue: z.string(), outcome: z.enum(['upheld', 'rejected']).nullable(),
  reasons: z.string().nullable(), answeredAt: z.iso.datetime().nullable(),
  answeredBy: z.string().nullable().describe('told to the operator and to auditors'),
});

@Controller('redemption/appeals')
export class ShowAppealsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Appeals of places with their answers, newest first; a place sees its own', who: ['operator', 'auditor', 'till', 'manager'], query,
    answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, placeId = null, open = null } = parse(query, asked);
    const own = caller.organisationKind === 'place' ? placeOf(caller) : null;
    const rows = await this.queries.execute(new ListAppeals({
      before: cursorPlace('appeal', cursor), rowsMax: limit + 1, placeId: own ?? placeId, open,
    }));
    return pageOf(rows, limit, ({ appealId }) => [appealId], (row) => show(row, own === null));
  }
}

function show(view: AppealView, toldWho: boolean): z.output<typeof shown> {
  const { appealId, placeId, kind, decisionId, statedAt, answeredAt, answeredBy, ...appeal } = view;
  return {
    ...appeal, appealId: idOut('appeal', appealId), placeId: idOut('place', placeId), decisionId: kind === 'measure' ? idOut('measure', idOf('measure', decisionId)) : idOut('applicationStep', idOf('applicationStep', decisionId)),
    statedAt: statedAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null, answeredBy: toldWho ? answeredBy : null,
  };
}
