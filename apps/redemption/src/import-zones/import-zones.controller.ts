// Official lists of zones, as an operator downloaded them: none is shipped with the platform, because they change and have an owner.
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, fileIn, idIn, Meta, pageAnswer, pageOf, parse, Problem, TakesFile, type HttpMeta } from '#libs/http';
import { fileImportAnswer, rowAnswer, rowsAfter, rowsQuery, showFileImport, showRow } from '#libs/imports';
import { isRejected, reject } from '#libs/kernel';
import type { MediaType } from '#libs/tabular';
import { IMPORT_BYTES_MAX } from '../limits.js';
import { ImportZones, ListZoneImportRows, ShowZoneImport } from './import-zones.command.js';
import { ZONE_LISTS, ZONE_ROW_CODES } from './zone-row.decision.js';

const query = z.strictObject({
  list: z.enum(ZONE_LISTS).describe('density: code_insee and classe (1 to 7 of the density grid); quarters: code_quartier, nom and communes (INSEE codes, with spaces between)'),
});
const row = rowAnswer(ZONE_ROW_CODES);

@Controller('redemption/zone-imports')
export class ImportZonesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @TakesFile(IMPORT_BYTES_MAX)
  @Api({
    summary: 'Import a version of an official list of zones (text/csv, or application/json): classes of the density grid, or priority quarters', who: ['operator'],
    once: true, query, answer: fileImportAnswer, status: 201, refusals: ['table_malformed', 'table_empty', 'table_too_long', 'zone_columns_missing'],
  })
  async import(@Body() body: unknown, @Query() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof fileImportAnswer>> {
    const { list } = parse(query, asked);
    const { bytes, sha256, mediaType } = fileIn(body);
    const outcome = await this.commands.execute(new ImportZones({ list, bytes, sha256, mediaType: mediaType as MediaType }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return showFileImport(outcome);
  }

  @Get(':id')
  @Api({ summary: 'How far an import of zones is', who: ['operator', 'auditor'], answer: fileImportAnswer, refusals: ['import_not_found'] })
  async show(@Param('id') id: string): Promise<z.output<typeof fileImportAnswer>> {
    const found = await this.queries.execute(new ShowZoneImport(parse(idIn('fileImport'), id)));
    if (!found) throw new Problem(reject('import_not_found'));
    return showFileImport(found);
  }

  @Get(':id/rows')
  @Api({ summary: 'What became of each row of a list of zones, and why', who: ['operator', 'auditor'], query: rowsQuery, answer: pageAnswer(row), refusals: ['import_not_found'] })
  async rows(@Param('id') id: string, @Query() asked: unknown) {
    const { limit, cursor, outcome = null } = parse(rowsQuery, asked);
    const rows = await this.queries.execute(new ListZoneImportRows({ importId: parse(idIn('fileImport'), id), after: rowsAfter(cursor), rowsMax: limit + 1, outcome }));
    if (!rows) throw new Problem(reject('import_not_found'));
    return pageOf(rows, limit, (one) => [one.row], (one) => showRow(one, ZONE_ROW_CODES));
  }
}
