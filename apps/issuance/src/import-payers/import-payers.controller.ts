import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, fileIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, parse, Problem, TakesFile, type HttpMeta } from '#libs/http';
import { fileImportAnswer, rowAnswer, rowsAfter, rowsQuery, showFileImport, showRow, type TakenRow } from '#libs/imports';
import { idOf, isRejected, reject } from '#libs/kernel';
import type { MediaType } from '#libs/tabular';
import { IMPORT_BYTES_MAX } from '../limits.js';
import { ImportPayers, ListPayerImportRows, ShowPayerImport } from './import-payers.command.js';
import { ROW_CODES, ROW_NOTES } from './payer-row.decision.js';

const shown = rowAnswer(ROW_CODES).extend({
  notes: z.array(z.string()).describe(Object.entries(ROW_NOTES).map(([note, sentence]) => `${note}: ${sentence}`).join('\n')),
  payerId: idText('payer').nullable(),
});

@Controller('issuance/payer-imports')
export class ImportPayersController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @TakesFile(IMPORT_BYTES_MAX)
  @Api({
    summary: 'Import payers (text/csv, or application/json): lists of communes, EPCI, départements or régions, or name;siren;siret', who: ['operator'],
    once: true, answer: fileImportAnswer, status: 201,
    refusals: ['table_malformed', 'table_empty', 'table_too_long', 'table_columns_missing'],
  })
  async import(@Body() body: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof fileImportAnswer>> {
    const { bytes, sha256, mediaType } = fileIn(body);
    const outcome = await this.commands.execute(new ImportPayers({ bytes, sha256, mediaType: mediaType as MediaType }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return showFileImport(outcome);
  }

  @Get(':id')
  @Api({ summary: 'How far an import of payers is', who: ['operator', 'auditor'], answer: fileImportAnswer, refusals: ['import_not_found'] })
  async show(@Param('id') id: string): Promise<z.output<typeof fileImportAnswer>> {
    const found = await this.queries.execute(new ShowPayerImport(parse(idIn('fileImport'), id)));
    if (!found) throw new Problem(reject('import_not_found'));
    return showFileImport(found);
  }

  @Get(':id/rows')
  @Api({
    summary: 'What became of each row of a list of payers, and why', who: ['operator', 'auditor'], query: rowsQuery, answer: pageAnswer(shown),
    refusals: ['import_not_found'],
  })
  async rows(@Param('id') id: string, @Query() query: unknown) {
    const { limit, cursor, outcome = null } = parse(rowsQuery, query);
    const asked = { importId: parse(idIn('fileImport'), id), after: rowsAfter(cursor), rowsMax: limit + 1, outcome };
    const rows = await this.queries.execute(new ListPayerImportRows(asked));
    if (!rows) throw new Problem(reject('import_not_found'));
    return pageOf(rows, limit, ({ row }) => [row], show);
  }
}

const show = (row: TakenRow): z.output<typeof shown> =>
  ({ ...showRow(row, ROW_CODES), payerId: row.subjectId && idOut('payer', idOf('payer', row.subjectId)) });
