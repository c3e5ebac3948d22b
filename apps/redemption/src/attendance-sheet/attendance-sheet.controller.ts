import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, parse, Problem } from '#libs/http';
import { reject, showId } from '#libs/kernel';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { ShowSession } from './attendance-sheet.query.js';
import { drawSheet } from './draw-sheet.js';
import { LANGUAGES } from './sheet-words.js';

const query = z.strictObject({ language: z.enum(LANGUAGES).default('fr') });

@Controller('redemption/sessions')
export class AttendanceSheetController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/attendance-sheet')
  @Api({
    summary: 'The sheet to sign of a workshop of the caller\'s own place (PDF): a line per voucher used and per further participant declared. It names no person',
    who: ['till'], query, refusals: ['session_not_found'],
  })
  async sheet(@Param('id') id: string, @Query() asked: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const { language } = parse(query, asked);
    const session = await this.queries.execute(new ShowSession(placeOf(caller), parse(idIn('session'), id)));
    if (!session) throw new Problem(reject('session_not_found'));
    const disposition = `inline; filename="${showId('session', session.sessionId)}.pdf"`;
    return new StreamableFile(drawSheet(session, language), { type: 'application/pdf', disposition });
  }
}
