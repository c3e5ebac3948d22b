// The columns of three generations of the standard, and what our listing calls them.
import type { Cells } from '#libs/tabular';
import type { ListField, TextField } from '../import-places/place-listing.decision.js';
import type { VocabularyField } from './vocabulary.js';

/** Texts that are kept as they are; the first of the columns that says something counts. */
export const TEXT_COLUMNS: readonly (readonly [TextField, readonly string[]])[] = [
  ['complement', ['complement_adresse']], ['openingHours', ['horaires']],
  ['accessFeeText', ['frais_a_charge', 'conditions_acces', 'conditions_access']],
  ['summary', ['presentation_resume']], ['description', ['presentation_detail']], ['parentBody', ['structure_parente']],
  ['accessibilityPage', ['fiche_acces_libre', 'accessibilite']], ['appointmentPage', ['prise_rdv']],
];

/** Lists of values that the standard names; an older column may hold what is two columns now. */
export const VOCABULARY_COLUMNS: readonly (readonly [string, readonly VocabularyField[]])[] = [
  ['services', ['services']],
  ['publics_specifiquement_adresses', ['audiences', 'specificSupport']],
  ['prise_en_charge_specifique', ['specificSupport', 'audiences']],
  ['publics_accueillis', ['audiences', 'specificSupport']],
  ['frais_a_charge', ['accessFees']], ['conditions_acces', ['accessFees']], ['conditions_access', ['accessFees']],
  ['dispositif_programmes_nationaux', ['programmes', 'trainings']], ['formations_labels', ['trainings', 'programmes']],
  ['labels_nationaux', ['programmes', 'trainings']],
  ['modalites_acces', ['accessModes']], ['modalites_accompagnement', ['supportModes']], ['itinerance', ['roaming']],
];

export const FREE_COLUMNS: readonly (readonly [ListField, readonly string[]])[] = [
  ['otherLabels', ['autres_formations_labels', 'labels_autres']], ['kinds', ['typologie', 'typologies']],
];

export const EMAIL_COLUMNS = ['courriels', 'courriel'];
export const POSITION_COLUMNS = { latitude: ['latitude', 'lat', 'coord_y'], longitude: ['longitude', 'lon', 'long', 'lng', 'coord_x'] };
/** Without these a file is no list of places, whatever its rows say. */
export const NEEDED_COLUMNS = ['id', 'nom', 'code_postal'];

export const cellOf = (cells: Cells, columns: readonly string[]): string | undefined =>
  columns.map((column) => cells.get(column)).find((text) => text !== undefined);

const READ_COLUMNS: ReadonlySet<string> = new Set([
  ...NEEDED_COLUMNS, 'source', 'adresse', 'commune', 'pivot', 'siret', 'code_insee', 'telephone', 'site_web', 'date_maj', ...EMAIL_COLUMNS,
  ...[...TEXT_COLUMNS, ...FREE_COLUMNS].flatMap(([, columns]) => columns), ...VOCABULARY_COLUMNS.map(([column]) => column),
  ...POSITION_COLUMNS.latitude, ...POSITION_COLUMNS.longitude,
]);
/** Whether a file that is read by its own names gives this column to anybody. */
export const isRead = (column: string): boolean => READ_COLUMNS.has(column);

export const LAYOUTS = ['lamednum-1.0.2', 'lamednum-1', 'lamednum-0'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Columns that one generation of the standard has and the one after it renamed. */
const NEWEST = ['prise_en_charge_specifique', 'publics_specifiquement_adresses', 'dispositif_programmes_nationaux', 'autres_formations_labels', 'fiche_acces_libre'];
const OLDEST = ['publics_accueillis', 'conditions_acces', 'courriel'];

/** Which generation a file is written in, as far as its names tell; undefined: no list that can be read without a mapping. */
export function layoutOf(columns: ReadonlySet<string>): Layout | undefined {
  if (!NEEDED_COLUMNS.every((column) => columns.has(column))) return undefined;
  if (NEWEST.some((column) => columns.has(column))) return 'lamednum-1.0.2';
  return OLDEST.every((column) => columns.has(column)) ? 'lamednum-0' : 'lamednum-1';
}
