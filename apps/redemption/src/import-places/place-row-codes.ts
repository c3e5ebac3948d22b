// What a row of a file of places may come to, and what may be noted of it. Codes are never renamed: they stand in rows.
import type { RowSentences } from '#libs/imports';

export const ROW_CODES = {
  new: 'The row is a new place.',
  repeated: 'The row says nothing that is not known of its place.',
  completed: 'The row filled what was missing of its place: see fields.',
  replaced: 'The row is newer than what was known of its place and replaced it: see fields.',
  outdated: 'The row differs from what is known of its place and is not newer, or its place is accredited: that was not taken, see fields with a minus.',
  row_ragged: 'The row has more cells than the header has names: mend its quotes or delimiters.',
  row_quote_open: 'A quote of the row closed in another line and may have swallowed rows up to line: mend its quotes.',
  row_too_long: 'The row is longer than any row of the standard: mend its quotes.',
  row_not_object: 'The entry of the list is no object.',
  id_missing: 'The row has no id: give it one that stays.',
  id_too_long: 'The id of the row, or the name of its source, is longer than any id is: shorten it.',
  name_missing: 'The row has no name.',
  postal_code_missing: 'The row has no postal code.',
  postal_code_wrong: 'The postal code of the row is none.',
} as const satisfies RowSentences;
export type RowCode = keyof typeof ROW_CODES;

export const ROW_NOTES = {
  matched_by_address: 'the id is new, name, postal code and street are those of a known place',
  beside_another: 'name, postal code and street are those of a place that is clearly another one',
  identity_kept: 'the place is accredited: its name and SIRET stay',
  siret_missing: 'no SIRET: cannot be accredited yet',
  siret_placeholder: 'zeros for a SIRET: cannot be accredited yet',
  siret_is_rna: 'an association number for a SIRET: cannot be accredited yet',
  siret_is_siren: 'a SIREN for a SIRET: cannot be accredited yet',
  siret_rounded: 'a spreadsheet rounded the SIRET: cannot be accredited yet',
  siret_wrong: 'the SIRET fails its check: cannot be accredited yet',
  coordinates_missing: 'no coordinates',
  coordinates_unreadable: 'the coordinates are no numbers',
  coordinates_projected: 'the coordinates are of a projection (Lambert) and were not taken',
  coordinates_outside_france: 'the coordinates are nowhere in France and were not taken',
  coordinates_swapped: 'latitude and longitude were exchanged',
  insee_code_missing: 'no INSEE code',
  insee_code_wrong: 'the INSEE code is none and was not taken',
  postal_code_padded: 'the postal code had lost its leading zero',
  phone_unreadable: 'the telephone number is none and was not taken',
  services_missing: 'no services',
  date_missing: 'no date: any dated row is taken as newer',
  date_unreadable: 'the date is none: any dated row is taken as newer',
  date_implausible: 'a date before there were such files, taken as none',
  name_cut: 'the name is longer than 200 characters and was cut',
  value_unknown: 'a value that the standard does not have is kept under unread',
  pass_numerique_not_taken: 'the row says Pass numérique: that is a label here, who takes vouchers is accredited',
} as const satisfies RowSentences;
export type RowNote = keyof typeof ROW_NOTES;
