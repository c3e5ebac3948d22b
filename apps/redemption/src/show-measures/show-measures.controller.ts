import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { MEASURE_ENDS, MEASURE_REASONS } from '#libs/contracts';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, type Page } from '#libs/http';
import { placeOf as cursorPlace } from '../id-cursor.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ListMeasures, type MeasureView } from './show-measures.query.js';

const query = pageQuery.extend({
  placeId: idIn('place').optional(),
  open: z.enum(['true', 'false']).transform((text) => text === 'true').optional(),
});
const shown = z.strictObject({
  measureId: idText('measure'), placeId: idText('place'), programmeId: idText('programme'), kind: z.enum(['suspension', 'withdrawal']),
  from: z.string(), until: z.string().nullable().describe('the first day of services that are taken again'),
  reason: z.enum(MEASURE_REASONS), explanation: z.string(), decidedAt: z.iso.datetime(),
  decidedBy: z.string().nullable().describe('told to the operator and to auditors'),
  ends: z.array(z.strictObject({ how: z.enum(MEASURE_ENDS), from: z.string(), explanation: z.string().nullable() })),
});

@Controller('redemption/measures')
export class ShowMeasuresController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Suspensions and withdrawals of places with their reasons, newest first; a place sees its own',
    who: ['operator', 'auditor', 'till', 'manager'], query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, placeId = null, open = null } = parse(query, asked);
    const own = caller.organisationKind === 'place' ? placeOf(caller) : null;
    const rows = await this.queries.execute(new ListMeasures({
      before: cursorPlace('measure', cursor), rowsMax: limit + 1, placeId: own ?? placeId, open,
    }));
    return pageOf(rows, limit, ({ measureId }) => [measureId], (row) => show(row, own === null));
  }
}

/** A place reads why, and not who: the operator answers for its people. */
function show(view: MeasureView, toldWho: boolean): z.output<typeof shown> {
  const { measureId, placeId, programmeId, decidedAt, decidedBy, ends, ...measure } = view;
  return {
    ...measure, measureId: idOut('measure', measureId), placeId: idOut('place', placeId), programmeId: idOut('programme', programmeId),
    decidedAt: decidedAt.toISOString(), decidedBy: toldWho ? decidedBy : null, ends: [...ends],
  };
}
