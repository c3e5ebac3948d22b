// What somebody says of the columns of a file, beside the file: its bytes are the body, so that this stands in the address.
import { z } from 'zod';
import { Problem, textIn, type FileBody } from '#libs/http';
import type { KeptMapping } from '#libs/imports';
import { columnName, type MediaType } from '#libs/tabular';
import { FIELD_NAMES } from '../lamednum/fields.js';
import { MAPPED_COLUMNS_MAX } from '../limits.js';
import type { MappingRefusal } from './column-mapping.decision.js';
import type { PlaceFile } from './import-places.command.js';

const column = z.string().max(400).regex(/^[^:]+:./s, 'expected FIELD:HEADER');
const SOURCE_LENGTH_MAX = 100;

export const mappingQuery = z.strictObject({
  column: z.union([column, z.array(column).max(MAPPED_COLUMNS_MAX)]).optional()
    .describe(`FIELD:HEADER, once per column to read; without one the file is read by the names of the national standard. Fields: ${FIELD_NAMES.join(', ')}. `
      + 'Several columns of a text are joined in the order given, those of a list are listed; what is not mapped is dropped'),
  source: textIn(SOURCE_LENGTH_MAX).optional().describe('whose list it is, where no column says so; with column only'),
});

export const MAPPING_REFUSALS = [
  'mapping_field_unknown', 'mapping_header_missing', 'mapping_field_doubled', 'mapping_header_doubled', 'mapping_field_missing',
] as const satisfies readonly MappingRefusal[];

export const keptMappingAnswer = z.strictObject({
  source: z.string().nullable(), columns: z.record(z.string(), z.array(z.string())).describe('headers of the file by field'),
});

export const showMapping = ({ source, columns }: KeptMapping): z.output<typeof keptMappingAnswer> =>
  ({ source, columns: Object.fromEntries(Object.entries(columns).map(([field, headers]) => [field, [...headers]])) });

/** Throws a 400 Problem for a source without a mapping: it would not be read. */
export function placeFileOf({ bytes, sha256, mediaType }: FileBody, { column, source }: z.output<typeof mappingQuery>): PlaceFile {
  if (column === undefined && source !== undefined) throw new Problem('request_malformed', [{ path: 'source', message: 'goes with column' }]);
  const pairs = [column ?? []].flat().map((text) => pairOf(text, text.indexOf(':')));
  return { bytes, sha256, mediaType: mediaType as MediaType, mapping: column === undefined ? null : { pairs, source: source ?? null } };
}

function pairOf(text: string, at: number) {
  const header = text.slice(at + 1).trim();
  return { field: text.slice(0, at).trim(), header, column: columnName(header) };
}

/** The same the other way round, ready to be put behind the address of an import. */
export const queryOf = (columns: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(columns).flatMap(([field, headers]) => headers.map((header) => `column=${encodeURIComponent(`${field}:${header}`)}`)).join('&');
