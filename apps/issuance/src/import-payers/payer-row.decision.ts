// Is the body of this row a payer already? A payer is a legal body, told by its SIREN: its name is in the lists of several
// years in several spellings, and many communes share one.
import type { FileImportId, PayerId } from '#libs/kernel';

export const ROW_CODES = {
  new: 'The row is a new payer.',
  repeated: 'The row says nothing that is not known of its payer.',
  territory_added: 'The body is a payer already, and is now also known as the council of this territory.',
  row_ragged: 'The row has more cells than the header has names: mend its quotes or delimiters.',
  row_quote_open: 'A quote of the row closed in another line and may have swallowed rows up to line: mend its quotes.',
  row_too_long: 'The row is longer than any row of such a list: mend its quotes.',
  row_not_object: 'The entry of the list is no object.',
  name_missing: 'The row has no name.',
  name_too_long: 'The name is longer than 200 characters.',
  territory_code_wrong: 'The code of the territory is missing or none.',
  siren_missing: 'The row has neither SIREN nor SIRET, so nobody knows which body it is: find its number.',
  siren_wrong: 'The SIREN fails its check.',
  siret_wrong: 'The SIRET fails its check.',
  siret_of_another_body: 'The SIRET does not begin with the SIREN of the row.',
  territory_of_another_payer: 'This territory is known with another body: a merger of communes needs a person to decide.',
} as const;
export type RowCode = keyof typeof ROW_CODES;

export const ROW_NOTES = {
  name_kept: 'the payer is known under another name, which stays',
  siret_kept: 'the payer is known with another SIRET of its SIREN, or without one, which stays',
} as const;
export type RowNote = keyof typeof ROW_NOTES;

export type Territory = Readonly<{ kind: 'commune' | 'epci' | 'departement' | 'region'; code: string; name: string }>;
export type PayerText = Readonly<{ name: string; siren: string; siret: string | null; territory: Territory | null }>;
export type KnownPayer = Readonly<{ payerId: PayerId; name: string; siren: string; siret: string | null; madeBy: FileImportId | null }>;

/** `ofSiren` in the order of their registration. */
export type Known = Readonly<{ importId: FileImportId; ofSiren: readonly KnownPayer[]; ofTerritory: KnownPayer | undefined }>;

export type PayerDecision =
  | Readonly<{ outcome: 'imported'; code: 'new' }>
  | Readonly<{ outcome: 'merged' | 'unchanged'; code: 'repeated' | 'territory_added'; payer: KnownPayer; notes: readonly RowNote[] }>
  | Readonly<{ outcome: 'refused'; code: RowCode }>;

export function decidePayerRow(row: PayerText, { importId, ofSiren, ofTerritory }: Known): PayerDecision {
  if (ofTerritory && ofTerritory.siren !== row.siren) return { outcome: 'refused', code: 'territory_of_another_payer' };
  // A council stays itself when it moves. Else the same address first; a list without SIRETs means the body, and so does a
  // payer that was registered without one.
  const payer = ofTerritory ?? ofSiren.find(({ siret }) => siret === row.siret)
    ?? (row.siret === null ? ofSiren[0] : ofSiren.find(({ siret }) => siret === null));
  if (!payer) return { outcome: 'imported', code: 'new' };

  const isNews = row.territory !== null && !ofTerritory;
  const notes: RowNote[] = [];
  if (payer.name !== row.name) notes.push('name_kept');
  if (row.siret !== null && payer.siret !== row.siret) notes.push('siret_kept');
  return {
    outcome: isNews || payer.madeBy === importId ? 'merged' : 'unchanged', code: isNews ? 'territory_added' : 'repeated', payer, notes,
  };
}
