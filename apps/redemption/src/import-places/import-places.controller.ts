import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, fileIn, idIn, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, TakesFile, type HttpMeta, type Page } from '#libs/http';
import { fileImportAnswer, rowsAfter, rowsQuery, showFileImport, type FileImport } from '#libs/imports';
import { isRejected, reject } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { IMPORT_BYTES_MAX } from '../limits.js';
import { ImportPlaces, ListPlaceImportRows, ListPlaceImports, ShowPlaceImport } from './import-places.command.js';
import { keptMappingAnswer, mappingQuery, MAPPING_REFUSALS, placeFileOf, showMapping } from './mapping-query.js';
import { placeRowAnswer, showPlaceRow } from './place-row-answer.js';

const answer = fileImportAnswer.extend({ mapping: keptMappingAnswer.nullable().describe('null: read by the names of the national standard') });

@Controller('redemption/place-imports')
export class ImportPlacesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @TakesFile(IMPORT_BYTES_MAX)
  @Api({
    summary: 'Import places from a file (text/csv, or application/json) in the national standard LaMedNum, v1.0.2, v1 or v0, or in any layout by a mapping',
    who: ['operator'], once: true, query: mappingQuery, answer, status: 201,
    refusals: ['table_malformed', 'table_empty', 'table_too_long', 'table_columns_missing', ...MAPPING_REFUSALS],
  })
  async import(@Body() body: unknown, @Query() query: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const outcome = await this.commands.execute(new ImportPlaces(placeFileOf(fileIn(body), parse(mappingQuery, query)), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return show(outcome);
  }

  @Get()
  @Api({ summary: 'Imports of places, newest first: who sent which file when, and how its columns were read', who: ['operator', 'auditor'], query: pageQuery, answer: pageAnswer(answer) })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof answer>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const imports = await this.queries.execute(new ListPlaceImports({ before: placeOf('fileImport', cursor), rowsMax: limit + 1 }));
    return pageOf(imports, limit, ({ importId }) => [importId], show);
  }

  @Get(':id')
  @Api({ summary: 'How far an import of places is', who: ['operator', 'auditor'], answer, refusals: ['import_not_found'] })
  async show(@Param('id') id: string): Promise<z.output<typeof answer>> {
    const found = await this.queries.execute(new ShowPlaceImport(parse(idIn('fileImport'), id)));
    if (!found) throw new Problem(reject('import_not_found'));
    return show(found);
  }

  @Get(':id/rows')
  @Api({
    summary: 'What became of each row of a file, and why', who: ['operator', 'auditor'], query: rowsQuery, answer: pageAnswer(placeRowAnswer),
    refusals: ['import_not_found'],
  })
  async rows(@Param('id') id: string, @Query() query: unknown) {
    const { limit, cursor, outcome = null } = parse(rowsQuery, query);
    const asked = { importId: parse(idIn('fileImport'), id), after: rowsAfter(cursor), rowsMax: limit + 1, outcome };
    const rows = await this.queries.execute(new ListPlaceImportRows(asked));
    if (!rows) throw new Problem(reject('import_not_found'));
    return pageOf(rows, limit, ({ row }) => [row], showPlaceRow);
  }
}

const show = (found: FileImport): z.output<typeof answer> =>
  ({ ...showFileImport(found), mapping: found.mapping && showMapping(found.mapping) });
