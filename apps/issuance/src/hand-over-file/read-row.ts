// The columns of a list of hand-overs: what is handed over, and, if anybody says, where, to whom in general, on which path.
import { isRejected } from '#libs/kernel';
import { parseBookletNumber, parseSerial } from '#libs/keys';
import type { Row } from '#libs/tabular';
import { PUBLIC_CATEGORIES, type PublicCategory, type Recipients } from '../hand-over.store.js';
import { PATHWAY } from '../hand-over/pathway.js';
import type { RowCode } from './hand-over-row.decision.js';

/** Clean names of columns: accents, case and punctuation are gone. */
export const COLUMNS = { serial: ['serial', 'numero', 'serie'], commune: ['commune', 'code_insee', 'insee'], public: ['public'], pathway: ['pathway', 'parcours'] } as const;
const COMMUNE = /^([0-9]{5}|2[AB][0-9]{3})$/;
const EXTERNAL_LENGTH_MAX = 80;

export type ReadRow = Readonly<{ externalId: string | null }> & (
  | Readonly<{ serial: string; recipients: Recipients; pathway: string | null }>
  | Readonly<{ refused: RowCode }>);

export const hasSerialColumn = (columns: ReadonlySet<string>): boolean => COLUMNS.serial.some((name) => columns.has(name));

export function readRow({ cells, fault }: Row): ReadRow {
  const cell = (names: readonly string[]) => names.map((name) => cells.get(name)).find((text) => text !== undefined);
  const serial = cell(COLUMNS.serial);
  const named = serial !== undefined && (parseBookletNumber(serial) !== undefined || !isRejected(parseSerial(serial)));
  // Only what is a serial is shown again: what else stands there may be anything, a person's name too.
  const externalId = named && !fault ? serial.slice(0, EXTERNAL_LENGTH_MAX) : null;
  const refuse = (refused: RowCode): ReadRow => ({ externalId, refused });
  if (fault) return refuse(fault);
  if (serial === undefined) return refuse('serial_missing');
  if (!named) return refuse('serial_wrong');
  const [inseeCode, publicCategory, pathway] = [cell(COLUMNS.commune) ?? null, cell(COLUMNS.public) ?? null, cell(COLUMNS.pathway) ?? null];
  if (inseeCode !== null && !COMMUNE.test(inseeCode)) return refuse('commune_wrong');
  if (publicCategory !== null && !isPublic(publicCategory)) return refuse('public_wrong');
  if (pathway !== null && !PATHWAY.test(pathway)) return refuse('pathway_wrong');
  return { externalId, serial, recipients: { inseeCode, publicCategory }, pathway };
}

const isPublic = (text: string): text is PublicCategory => (PUBLIC_CATEGORIES as readonly string[]).includes(text);
