// What a row of an official list of zones says, once read: the density class of a commune, or the communes that a priority quarter lies in.
import { isCommune } from '#libs/kernel';

export const ZONE_LISTS = ['density', 'quarters'] as const;
export type ZoneList = (typeof ZONE_LISTS)[number];
/** Of its imports. */
export const kindOf = (list: ZoneList): string => `zones${list}`;

export const ZONE_ROW_CODES = {
  new: 'The row is in this version of the list.',
  repeated: 'An earlier row of the file speaks of the same commune or quarter; which of both is right, a person decides.',
  row_ragged: 'The row has more cells than the header has names: mend its quotes or delimiters.',
  row_quote_open: 'A quote of the row closed in another line and may have swallowed rows up to line: mend its quotes.',
  row_too_long: 'The row is longer than any row of such a list: mend its quotes.',
  row_not_object: 'The entry of the list is no object.',
  commune_wrong: 'The INSEE code of a commune is missing or none, or a quarter names more than twenty.',
  class_wrong: 'The class is none of the seven of the density grid: write 1 to 7.',
  quarter_wrong: 'The code of the quarter is missing or none: QN or QP, and six digits or letters.',
} as const;
export type ZoneRowCode = keyof typeof ZONE_ROW_CODES;

/** As the cells have it. */
export type ZoneText = Readonly<{ code: string; name: string | null; communes: readonly string[] }>;

const COMMUNES_MAX = 20;
const IS_CODE: Readonly<Record<ZoneList, RegExp>> = { density: /^[1-7]$/, quarters: /^Q[NP][0-9A-Z]{6}$/ };

/** By what no two rows of one version may be. Empty of a row that lacks it, and is refused. */
export const keyOf = (list: ZoneList, { code, communes }: ZoneText): string => (list === 'density' ? communes[0] ?? '' : code);

/** `known`: the keys of the rows before it. Undefined: the row stands. */
export function faultOf(list: ZoneList, row: ZoneText, known: ReadonlySet<string>): ZoneRowCode | undefined {
  if (!IS_CODE[list].test(row.code)) return list === 'density' ? 'class_wrong' : 'quarter_wrong';
  const many = list === 'density' ? 1 : COMMUNES_MAX;
  if (row.communes.length === 0 || row.communes.length > many || !row.communes.every(isCommune)) return 'commune_wrong';
  return known.has(keyOf(list, row)) ? 'repeated' : undefined;
}
