import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, fileIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, parse, Problem, TakesFile, type HttpMeta } from '#libs/http';
import { fileImportAnswer, rowAnswer, rowsAfter, rowsQuery, showFileImport, showRow } from '#libs/imports';
import { isRejected, reject } from '#libs/kernel';
import type { MediaType } from '#libs/tabular';
import { distributorOf, ownDistributorOf } from '../caller.js';
import { PUBLIC_CATEGORIES } from '../hand-over.store.js';
import { HAND_OVER_BYTES_MAX } from '../limits.js';
import { ListHandOverRows, ShowHandOverFile, TakeHandOverFile, TryHandOverFile } from './hand-over-file.command.js';
import { ROW_CODES } from './hand-over-row.decision.js';

const shown = rowAnswer(ROW_CODES);
const trial = z.strictObject({
  read: z.int(), imported: z.int().describe('rows that would be handed over'), unchanged: z.int(), refused: z.int(),
  takenBefore: z.strictObject({ importId: idText('fileImport'), takenAt: z.string() }).nullable().describe('warning: this very file was taken before'),
  rows: z.array(shown).describe('the first rows of which nothing would come'),
});
const takeQuery = z.strictObject({ again: z.enum(['true', 'false']).default('false').describe('true: the file was taken before, and is meant again') });
const answer = fileImportAnswer.omit({ sha256: true });
const TABLE = ['table_malformed', 'table_empty', 'table_too_long', 'table_columns_missing'];
const COLUMNS = `serial (of a voucher or a booklet), and if you like commune (INSEE code), public (${PUBLIC_CATEGORIES.join(', ')}), pathway (an opaque word)`;

@Controller('issuance/hand-over-files')
export class HandOverFileController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @TakesFile(HAND_OVER_BYTES_MAX)
  @Api({
    summary: `Hand over what a list names, each row by itself (text/csv, or application/json): ${COLUMNS}`, who: ['distributor'],
    once: true, query: takeQuery, answer, status: 201, refusals: ['hand_over_file_known', ...TABLE],
  })
  async take(@Body() body: unknown, @Query() query: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const { bytes, sha256, mediaType } = fileIn(body);
    const { again } = parse(takeQuery, query);
    const list = { bytes, sha256, mediaType: mediaType as MediaType };
    const outcome = await this.commands.execute(new TakeHandOverFile(ownDistributorOf(meta.caller), list, again === 'true', meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { sha256: _, ...told } = showFileImport(outcome);
    return told;
  }

  @Post('trials')
  @HttpCode(200)
  @TakesFile(HAND_OVER_BYTES_MAX)
  @Api({ summary: 'What such a list would do, row by row; nothing is written', who: ['distributor'], answer: trial, refusals: TABLE })
  async try(@Body() body: unknown, @Caller() caller: Principal): Promise<z.output<typeof trial>> {
    const { bytes, sha256, mediaType } = fileIn(body);
    const list = { bytes, sha256, mediaType: mediaType as MediaType };
    const outcome = await this.queries.execute(new TryHandOverFile(ownDistributorOf(caller), list));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { known, rows, ...counts } = outcome;
    return {
      ...counts, takenBefore: known ? { importId: idOut('fileImport', known.importId), takenAt: known.takenAt.toISOString() } : null,
      rows: rows.map((row) => showRow(row, ROW_CODES)),
    };
  }

  @Get(':id')
  @Api({ summary: 'How far a list of hand-overs is', who: ['distributor', 'operator', 'auditor'], answer, refusals: ['import_not_found'] })
  async show(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof answer>> {
    const found = await this.queries.execute(new ShowHandOverFile(parse(idIn('fileImport'), id), distributorOf(caller)));
    if (!found) throw new Problem(reject('import_not_found'));
    const { sha256: _, ...told } = showFileImport(found);
    return told;
  }

  @Get(':id/rows')
  @Api({
    summary: 'What became of each row of a list of hand-overs, and why', who: ['distributor', 'operator', 'auditor'], query: rowsQuery,
    answer: pageAnswer(shown), refusals: ['import_not_found'],
  })
  async rows(@Param('id') id: string, @Query() query: unknown, @Caller() caller: Principal) {
    const { limit, cursor, outcome = null } = parse(rowsQuery, query);
    const asked = { importId: parse(idIn('fileImport'), id), after: rowsAfter(cursor), rowsMax: limit + 1, outcome };
    const rows = await this.queries.execute(new ListHandOverRows(asked, distributorOf(caller)));
    if (!rows) throw new Problem(reject('import_not_found'));
    return pageOf(rows, limit, ({ row }) => [row], (row) => showRow(row, ROW_CODES));
  }
}
