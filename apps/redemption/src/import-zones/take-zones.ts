// A chunk of rows of an official list: each row sees what the rows before it said.
import type { TakenRow } from '#libs/imports';
import { communeText, type FileImportId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Cells, Row } from '#libs/tabular';
import { faultOf, keyOf, type ZoneList, type ZoneRowCode, type ZoneText } from './zone-row.decision.js';
import { insertZoneRows, keysTaken, type NewZoneRow } from './zone-row.store.js';

/** The names under which official files have each. A code and communes must be in the file, a name need not. */
const COLUMNS: Readonly<Record<ZoneList, Readonly<{ code: readonly string[]; communes: readonly string[]; name: readonly string[] }>>> = {
  density: { code: ['classe', 'densite', 'dens7', 'dens'], communes: ['code_insee', 'codgeo', 'commune'], name: ['libelle', 'libdens7', 'libdens'] },
  quarters: { code: ['code_quartier', 'code_qp', 'code_qpv'], communes: ['communes', 'code_insee', 'insee_com'], name: ['nom', 'nom_qp', 'lib_qp'] },
};
const NAME_LENGTH_MAX = 200;

/** Undefined: the file has what its list needs; else what is missing, in words. */
export function missingColumns(list: ZoneList, columns: ReadonlySet<string>): string | undefined {
  const missing = [COLUMNS[list].code, COLUMNS[list].communes].filter((names) => !names.some((name) => columns.has(name)));
  return missing.length === 0 ? undefined : missing.map(([name]) => name).join(', ');
}

export const takeZones = (list: ZoneList) => async (tx: Tx, importId: FileImportId, rows: readonly Row[]): Promise<TakenRow[]> => {
  const read = rows.map((row) => ({ ...row, zone: readZone(list, row.cells) }));
  const known = new Set(await keysTaken(tx, { importId, list }, read.map(({ zone }) => keyOf(list, zone))));
  const made: NewZoneRow[] = [];
  const outcomes = read.map(({ number, line, zone, fault }): TakenRow => {
    const place = { row: number, line, source: null, externalId: fault === undefined && zone.code !== '' ? zone.code.slice(0, NAME_LENGTH_MAX) : null, notes: [], fields: [] };
    const code: ZoneRowCode | undefined = fault ?? faultOf(list, zone, known);
    if (code) return { ...place, outcome: 'refused', code, subjectId: null };
    known.add(keyOf(list, zone));
    const id = tx.newId();
    made.push({ id, ...zone });
    return { ...place, outcome: 'imported', code: 'new' satisfies ZoneRowCode, subjectId: id };
  });
  await insertZoneRows(tx, { importId, list }, made);
  return outcomes;
};

function readZone(list: ZoneList, cells: Cells): ZoneText {
  const cell = (names: readonly string[]): string => names.map((name) => cells.get(name)).find((text) => text !== undefined) ?? '';
  const { code, communes, name } = COLUMNS[list];
  return {
    code: cell(code).toUpperCase().trim(), name: [...cell(name)].slice(0, NAME_LENGTH_MAX).join('') || null,
    communes: cell(communes).split(/[\s,;|]+/).filter((one) => one !== '').map(communeText),
  };
}
