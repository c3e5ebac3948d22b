// Which column of an unknown file may be which of our fields: by its name first, then by what its values look like. A proposal
// only: somebody reads it beside the values, changes it, and sends it.
import { foldText } from '#libs/tabular';
import { FIELD_NAMES, FIELDS, NEEDED_FIELDS, ruleOf, type Field } from '../lamednum/fields.js';
import { isMostly, isUnlike, lookOf } from './looks.js';

export type SeenColumn = Readonly<{ header: string; /** Of its first rows, without empty cells. */ values: readonly string[] }>;
export type By = 'name' | 'values' | 'part' | 'made';
export type Proposal = Readonly<{
  columns: Readonly<Partial<Record<Field, readonly string[]>>>;
  /** For each column, by its header: which fields would be read from it, and why that is thought. */
  reasons: ReadonlyMap<string, readonly Readonly<{ field: Field; by: By }>[]>;
  /** Needed, and nothing stands for it. */
  missing: readonly Field[];
}>;

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELD_NAMES
  .flatMap((field) => ruleOf(field).names.map((name): [string, Field] => [name, field])));
/** An address that is cut in columns, in the order in which it is written. */
const STREET_PARTS = ['numero', 'n', 'num', 'n voie', 'no voie', 'numero voie', 'num voie', 'numero de voie', 'repetition', 'type voie', 'type de voie', 'nom voie', 'nom de voie', 'libelle voie'];

export function proposeMapping(columns: readonly SeenColumn[]): Proposal {
  const draft = new Draft();
  for (const column of columns) {
    const field = nameOf(column, (name) => BY_NAME.get(name));
    if (field) draft.give(field, column, 'name');
  }
  if (!draft.has('street')) for (const column of columns.filter(isStreetPart)) draft.give('street', column, 'part');
  for (const column of columns.filter((column) => !draft.isUsed(column))) {
    const field = lookOf(column.values) ?? nameOf(column, wordIn);
    if (field && !draft.has(field)) draft.give(field, column, lookOf(column.values) ? 'values' : 'name');
  }
  giveWhole(draft, columns);
  return draft.proposal();
}

/** `Téléphone 2` is one more of `Téléphone`. A name that the values belie is none: `Adresse` over mail addresses. */
function nameOf({ header, values }: SeenColumn, look: (name: string) => Field | undefined): Field | undefined {
  const folded = foldText(header);
  const field = look(folded) ?? look(folded.replace(/\s*\d+$/, ''));
  return field && isUnlike(values, field) && lookOf(values) !== undefined ? undefined : field;
}

/** Fields that a longer header may name by one word of it, the more telling words first. */
const TELLING: readonly Field[] = [
  'siret', 'inseeCode', 'postalCode', 'latitude', 'longitude', 'emails', 'telephone', 'websites', 'openingHours', 'commune', 'street', 'services', 'name', 'externalId',
];
const wordIn = (folded: string): Field | undefined =>
  TELLING.find((field) => ruleOf(field).names.some((name) => name.length > 2 && ` ${folded} `.includes(` ${name} `)));

const isStreetPart = ({ header }: SeenColumn): boolean => STREET_PARTS.includes(foldText(header));

/** What one column may give besides what it was given for. */
function giveWhole(draft: Draft, columns: readonly SeenColumn[]): void {
  const [postal] = draft.columnsOf('postalCode');
  if (postal && !draft.has('commune') && isMostly(postal.values, (value) => /^\d{5}\s+\p{L}/u.test(value))) draft.give('commune', postal, 'values');
  const address = draft.has('postalCode') ? undefined : columns.find(({ values }) => isMostly(values, (value) => /\D\b\d{5}\b\s+\p{L}/u.test(value)));
  if (address) for (const field of ['street', 'postalCode', 'commune'] as const) if (!draft.has(field) || draft.columnsOf(field).includes(address)) draft.give(field, address, 'values');
  if (draft.has('latitude') && draft.has('longitude')) draft.drop('position');
  // A list without ids has names and addresses that stay: an id of them finds its place again in the next list.
  const lasting = [draft.columnsOf('name')[0], draft.columnsOf('postalCode')[0], ...draft.columnsOf('street')].filter((column) => column !== undefined);
  if (!draft.has('externalId') && draft.has('name') && draft.has('postalCode')) for (const column of new Set(lasting)) draft.give('externalId', column, 'made');
}

class Draft {
  private readonly given = new Map<Field, { column: SeenColumn; by: By }[]>();

  has = (field: Field): boolean => this.given.has(field);
  columnsOf = (field: Field): readonly SeenColumn[] => (this.given.get(field) ?? []).map(({ column }) => column);
  isUsed = (column: SeenColumn): boolean => [...this.given.values()].flat().some((given) => given.column === column);
  drop = (field: Field): boolean => this.given.delete(field);

  /** A second column of a list is one more of it; of a text it is another thing, unless it is a part of it. */
  give(field: Field, column: SeenColumn, by: By): void {
    const before = this.given.get(field) ?? [];
    if (before.some((given) => given.column === column)) return;
    if (before.length > 0 && FIELDS[field].glue !== '|' && by !== 'part' && by !== 'made') return;
    this.given.set(field, [...before, { column, by }]);
  }

  proposal(): Proposal {
    const fields = FIELD_NAMES.filter((field) => this.given.has(field));
    const reasons = new Map<string, { field: Field; by: By }[]>();
    for (const field of fields) {
      for (const { column: { header }, by } of this.given.get(field)!) reasons.set(header, [...(reasons.get(header) ?? []), { field, by }]);
    }
    const columns = Object.fromEntries(fields.map((field) => [field, this.columnsOf(field).map(({ header }) => header)]));
    return { columns, reasons, missing: NEEDED_FIELDS.filter((field) => !this.given.has(field)) };
  }
}
