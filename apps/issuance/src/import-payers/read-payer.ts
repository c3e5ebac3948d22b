// The five layouts in which lists of payers come, told apart by their columns.
import { isSiren, isSiret } from '#libs/sirene';
import type { Cells, Row } from '#libs/tabular';
import type { PayerText, RowCode, Territory } from './payer-row.decision.js';

const NAME_LENGTH_MAX = 200;
const ID_LENGTH_MAX = 200;

export type Layout = Readonly<{
  needs: readonly string[];
  /** By the order of preference. */
  names: readonly string[];
  territory?: Readonly<{ kind: Territory['kind']; code: string; form: RegExp }>;
}>;

/** The first that the columns fit: a list of départements has all columns of one of régions. */
const LAYOUTS: readonly Layout[] = [
  {
    needs: ['code_insee', 'nom', 'siren'], names: ['nom'],
    territory: { kind: 'commune', code: 'code_insee', form: /^([013-9]\d|2[AB1-9])\d{3}$/ },
  },
  { needs: ['siren', 'nom', 'nb_communes'], names: ['nom'], territory: { kind: 'epci', code: 'siren', form: /^\d{9}$/ } },
  {
    needs: ['code', 'nom', 'region', 'siret'], names: ['raison_sociale_sirene', 'nom'],
    // 6AE is the Collectivité européenne d'Alsace, for 67 and 68.
    territory: { kind: 'departement', code: 'code', form: /^(\d{2}|2[AB]|6AE|97\d)$/ },
  },
  { needs: ['code', 'nom', 'siret'], names: ['raison_sociale_sirene', 'nom'], territory: { kind: 'region', code: 'code', form: /^\d{2}$/ } },
  { needs: ['name', 'siren'], names: ['name'] },
  { needs: ['nom', 'siren'], names: ['nom'] },
];

export const layoutOf = (columns: ReadonlySet<string>): Layout | undefined =>
  LAYOUTS.find(({ needs }) => needs.every((column) => columns.has(column)));

export type ReadPayer = Readonly<{ externalId: string | null } & ({ payer: PayerText } | { refused: RowCode })>;

export function readPayer({ cells, fault }: Row, layout: Layout): ReadPayer {
  const { names, territory: place } = layout;
  const code = place && padded(cells.get(place.code) ?? '', place.kind);
  const stated = code || cells.get('siren') || cells.get('siret');
  const externalId = stated && stated.length <= ID_LENGTH_MAX ? stated : null;
  const refuse = (refused: RowCode): ReadPayer => ({ externalId: fault ? null : externalId, refused });
  if (fault) return refuse(fault);
  const name = names.map((column) => cells.get(column)).find((text) => text !== undefined)?.replace(/\s+/g, ' ');
  if (!name) return refuse('name_missing');
  if ([...name].length > NAME_LENGTH_MAX) return refuse('name_too_long');

  const numbers = readNumbers(cells);
  if ('refused' in numbers) return refuse(numbers.refused);
  if (place && !place.form.test(code!)) return refuse('territory_code_wrong');
  const territory = place ? { kind: place.kind, code: code!, name: [...cells.get('nom') ?? name].slice(0, NAME_LENGTH_MAX).join('') } : null;
  return { externalId, payer: { name, ...numbers, territory } };
}

function readNumbers(cells: Cells): { siren: string; siret: string | null } | { refused: RowCode } {
  const digits = (column: string) => (cells.get(column) ?? '').replace(/\s/g, '');
  const siret = digits('siret') || null;
  const siren = digits('siren') || siret?.slice(0, 9);
  if (!siren) return { refused: 'siren_missing' };
  if (siret !== null && !isSiret(siret)) return { refused: 'siret_wrong' };
  if (!isSiren(siren)) return { refused: 'siren_wrong' };
  return siret === null || siret.startsWith(siren) ? { siren, siret } : { refused: 'siret_of_another_body' };
}

/** A spreadsheet takes the zero in front: `1` is the Ain, `1004` is in it. */
const padded = (code: string, kind: Territory['kind']): string =>
  (/^\d+$/.test(code) ? code.padStart(kind === 'commune' ? 5 : kind === 'epci' ? 9 : 2, '0') : code.toUpperCase());
