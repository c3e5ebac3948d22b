// Whether what somebody says about the columns of a file can be read so: our field from their header, one by one.
import { reject, type Rejected } from '#libs/kernel';

export type AskedMapping = Readonly<{
  /** A field of ours as somebody wrote it, their header, and the clean name of that; a field may come several times. */
  pairs: readonly Readonly<{ field: string; header: string; column: string }>[];
  /** Who the file is from, where no column of it says so. */
  source: string | null;
}>;

/** What there is to map to, and what a file has, by clean names. */
export type Fields<Field extends string> = Readonly<{
  all: readonly Field[]; needed: readonly Field[]; takesOne: (field: Field) => boolean;
}>;
export type FileColumns = Readonly<{ headers: ReadonlyMap<string, string>; lossy: ReadonlySet<string> }>;

/** Clean names of columns by field. */
export type Mapping<Field extends string> = Readonly<{ source: string | null; columns: ReadonlyMap<Field, readonly string[]> }>;

export type MappingRefusal =
  'mapping_field_unknown' | 'mapping_header_missing' | 'mapping_field_doubled' | 'mapping_header_doubled' | 'mapping_field_missing';

export function decideMapping<Field extends string>(
  { pairs, source }: AskedMapping, fields: Fields<Field>, { headers, lossy }: FileColumns,
): Mapping<Field> | Rejected<MappingRefusal> {
  const unknown = unique(pairs.map(({ field }) => field)).filter((field) => !fields.all.includes(field as Field));
  if (unknown.length > 0) return reject('mapping_field_unknown', { fields: unknown.join(', ') });
  const missing = unique(pairs.filter(({ column }) => !headers.has(column)).map(({ header }) => header));
  if (missing.length > 0) return reject('mapping_header_missing', { headers: missing.join(', ') });

  const columns = columnsByField(pairs, fields);
  const doubled = [...columns].filter(([field, names]) => fields.takesOne(field) && names.length > 1).map(([field]): string => field);
  const twice = [...doubled, ...saidTwice(columns, source)];
  if (twice.length > 0) return reject('mapping_field_doubled', { fields: twice.join(', ') });
  const ambiguous = unique([...columns.values()].flat().filter((column) => lossy.has(column)));
  if (ambiguous.length > 0) return reject('mapping_header_doubled', { headers: ambiguous.map((column) => headers.get(column)).join(', ') });
  const needed = fields.needed.filter((field) => !columns.has(field) && !(field === 'source' && source !== null));
  return needed.length > 0 ? reject('mapping_field_missing', { fields: needed.join(', ') }) : { source, columns };
}

/** In the order of our fields, so that one mapping is kept in one way; the columns of a field stay in the order they were said in. */
function columnsByField<Field extends string>(pairs: AskedMapping['pairs'], { all }: Fields<Field>): Map<Field, readonly string[]> {
  return new Map(all.flatMap((field) => {
    const columns = unique(pairs.filter((pair) => pair.field === field).map(({ column }) => column));
    return columns.length > 0 ? [[field, columns] as const] : [];
  }));
}

/** Of two ways to say where a place is, or whose list this is, one would be lost. */
function saidTwice(columns: ReadonlyMap<string, unknown>, source: string | null): readonly string[] {
  const beside = columns.has('position') ? ['latitude', 'longitude'].filter((field) => columns.has(field)) : [];
  return source !== null && columns.has('source') ? [...beside, 'source'] : beside;
}

/** As it is kept: with headers as the file writes them. */
export const keptMapping = ({ source, columns }: Mapping<string>, { headers }: Pick<FileColumns, 'headers'>) =>
  ({ source, columns: Object.fromEntries([...columns].map(([field, names]) => [field, names.map((name) => headers.get(name)!)])) });

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
