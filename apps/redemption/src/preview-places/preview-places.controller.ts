import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, fileIn, Problem, TakesFile } from '#libs/http';
import { isRejected } from '#libs/kernel';
import type { MediaType } from '#libs/tabular';
import { queryOf } from '../import-places/mapping-query.js';
import { isRead, LAYOUTS } from '../lamednum/columns.js';
import { FIELD_NAMES } from '../lamednum/fields.js';
import { IMPORT_BYTES_MAX, PREVIEWED_ROWS } from '../limits.js';
import { PreviewPlaces, type Preview } from './preview-places.query.js';

const fieldName = z.enum(FIELD_NAMES as [typeof FIELD_NAMES[number]]);
const answer = z.strictObject({
  sha256: z.string().describe('of the file'), rows: z.int(),
  layout: z.enum(LAYOUTS).nullable().describe('the generation of the national standard that the file is in: it may be imported without a mapping; null: with one only'),
  columns: z.array(z.strictObject({
    header: z.string().describe('as the file writes it'), samples: z.array(z.string()).describe(`its cells in the first ${PREVIEWED_ROWS} rows, cut when they are long`),
    proposed: z.array(z.strictObject({
      field: fieldName, by: z.enum(['name', 'values', 'part', 'made']).describe('its name; what its values look like; a part of an address; '
        + 'an id made of name and address, as the file has none'),
    })).describe('empty: the column would be dropped'),
    lossy: z.boolean().describe('another column of this name says something else: rename one of them'),
  })),
  mapping: z.record(z.string(), z.array(z.string())).describe('headers by field, as proposed'),
  query: z.string().describe('the same, to be put behind the address of an import or of a dry run'),
  missing: z.array(fieldName).describe('fields without which nothing can be imported by a mapping, and which no column stands for; source may be given as source='),
  dropped: z.array(z.string()).describe('headers of columns that would not be read'),
  unnamed: z.int().describe('columns that hold something under no name: they cannot be read before the file names them'),
});

@Controller('redemption/place-imports')
export class PreviewPlacesController {
  constructor(private readonly queries: QueryBus) {}

  @Post('preview')
  @HttpCode(200)
  @TakesFile(IMPORT_BYTES_MAX)
  @Api({
    summary: 'What is in a file of places, and how its columns might be read; nothing is imported or kept', who: ['operator'], once: false, answer,
    refusals: ['table_malformed', 'table_empty', 'table_too_long'],
  })
  async preview(@Body() body: unknown): Promise<z.output<typeof answer>> {
    const { bytes, sha256, mediaType } = fileIn(body);
    const preview = await this.queries.execute(new PreviewPlaces({ bytes, mediaType: mediaType as MediaType }));
    if (isRejected(preview)) throw new Problem(preview);
    return { sha256, ...show(preview) };
  }
}

function show({ rows, unnamed, columns, layout, proposal }: Preview): Omit<z.output<typeof answer>, 'sha256'> {
  const { columns: mapping, reasons, missing } = proposal;
  const given = Object.fromEntries(Object.entries(mapping).map(([field, headers]) => [field, [...headers]]));
  const isDropped = ({ name, header }: Preview['columns'][number]) => (layout ? !isRead(name) : !reasons.has(header));
  return {
    rows, layout: layout ?? null,
    columns: columns.map(({ header, samples, lossy }) =>
      ({ header, samples: [...samples], proposed: [...(reasons.get(header) ?? [])], lossy })),
    mapping: given, query: queryOf(given), missing: [...missing], dropped: columns.filter(isDropped).map(({ header }) => header), unnamed,
  };
}
