import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, fileIn, pageAnswer, pageOf, parse, Problem, TakesFile } from '#libs/http';
import { rowsAfter, rowsQuery } from '#libs/imports';
import { isRejected } from '#libs/kernel';
import { mappingQuery, MAPPING_REFUSALS, placeFileOf } from '../import-places/mapping-query.js';
import { placeRowAnswer, showPlaceRow } from '../import-places/place-row-answer.js';
import { IMPORT_BYTES_MAX } from '../limits.js';
import { TryImport } from './try-import.query.js';

const query = mappingQuery.extend(rowsQuery.shape);
const counts = z.record(z.string(), z.int());
const answer = pageAnswer(placeRowAnswer.extend({ placeId: placeRowAnswer.shape.placeId.describe('null: refused, or a place that only the import would make') }))
  .extend({
    sha256: z.string().describe('of the file'), read: z.int(), imported: z.int(), merged: z.int(), unchanged: z.int(), refused: z.int(),
    codes: counts.describe('rows by code'), notes: counts.describe('rows by note'),
  });

@Controller('redemption/place-imports')
export class TryImportController {
  constructor(private readonly queries: QueryBus) {}

  @Post('dry-run')
  @HttpCode(200)
  @TakesFile(IMPORT_BYTES_MAX)
  @Api({
    summary: 'What an import of a file would come to, row by row, with nothing written: an import that follows may meet places that came meanwhile',
    who: ['operator'], once: false, query, answer,
    refusals: ['table_malformed', 'table_empty', 'table_too_long', 'table_columns_missing', ...MAPPING_REFUSALS],
  })
  async try(@Body() body: unknown, @Query() asked: unknown): Promise<z.output<typeof answer>> {
    const { limit, cursor, outcome = null, ...mapping } = parse(query, asked);
    const file = placeFileOf(fileIn(body), mapping);
    const trial = await this.queries.execute(new TryImport(file, { after: rowsAfter(cursor), rowsMax: limit + 1, outcome }));
    if (isRejected(trial)) throw new Problem(trial);
    const { items, nextCursor } = pageOf(trial.rows, limit, ({ row }) => [row], showPlaceRow);
    const [imported = 0, merged = 0, unchanged = 0, refused = 0] = (['imported', 'merged', 'unchanged', 'refused'] as const).map((name) => trial.outcomes.get(name));
    return {
      sha256: file.sha256, read: trial.read, imported, merged, unchanged, refused, codes: Object.fromEntries(trial.codes),
      notes: Object.fromEntries(trial.notes), items: [...items], nextCursor,
    };
  }
}
