// One row of a file in the national standard, any generation, as a listing of ours: mended where it can be, with a note of
// what was mended, and refused only where nobody could tell which place is meant.
import { communeText, localDate, type LocalDate } from '#libs/kernel';
import { readSiret } from '#libs/sirene';
import type { Cells, Row } from '#libs/tabular';
import type { ListField, Listing, TextField } from '../import-places/place-listing.decision.js';
import type { RowCode, RowNote } from '../import-places/place-row-codes.js';
import { cellOf, EMAIL_COLUMNS, FREE_COLUMNS, POSITION_COLUMNS, TEXT_COLUMNS, VOCABULARY_COLUMNS } from './columns.js';
import { communeOf, readPhone } from './contact.js';
import { readPosition } from './position.js';
import { readValues, unique, valuesOf } from './values.js';

const NAME_LENGTH_MAX = 200;
const [ID_LENGTH_MAX, SOURCE_LENGTH_MAX] = [200, 100];
/** Where a file does not say who it is from. */
const UNNAMED_SOURCE = 'unnamed';

export type ReadPlace =
  & Readonly<{ source: string | null; externalId: string | null; notes: readonly RowNote[] }>
  & (Readonly<{ listing: Listing }> | Readonly<{ refused: RowCode }>);

export function readPlace({ cells, fault }: Row): ReadPlace {
  const [source, externalId] = [cells.get('source') ?? UNNAMED_SOURCE, cells.get('id') ?? null];
  const tooLong = source.length > SOURCE_LENGTH_MAX || (externalId?.length ?? 0) > ID_LENGTH_MAX;
  const known = { source: fault || tooLong ? null : source, externalId: fault || tooLong ? null : externalId };
  const refuse = (refused: RowCode): ReadPlace => ({ ...known, refused, notes: [] });
  if (fault) return refuse(fault);
  if (externalId === null) return refuse('id_missing');
  if (tooLong) return refuse('id_too_long');
  const name = cells.get('nom')?.replace(/\s+/g, ' ');
  if (!name) return refuse('name_missing');
  const postal = readPostalCode(cells.get('code_postal'));
  if ('refused' in postal) return refuse(postal.refused);

  const reading = new Reading(cells);
  if (postal.padded) reading.note('postal_code_padded');
  return { ...known, ...reading.listing(name, postal.postalCode) };
}

/** A spreadsheet makes a number of it: the zero in front goes, and sometimes a `.0` comes. */
function readPostalCode(text: string | undefined): { postalCode: string; padded: boolean } | { refused: RowCode } {
  if (text === undefined) return { refused: 'postal_code_missing' };
  const digits = /^\d{5}$/.exec(text.replace(/\s/g, '').replace(/\.0+$/, ''))?.[0] ?? /\b\d{5}\b/.exec(text)?.[0];
  if (digits && digits !== '00000') return { postalCode: digits, padded: false };
  const short = /^\d{4}$/.exec(text.replace(/\s/g, '').replace(/\.0+$/, ''))?.[0];
  return short && short !== '0000' ? { postalCode: `0${short}`, padded: true } : { refused: 'postal_code_wrong' };
}

class Reading {
  private readonly notes: RowNote[] = [];
  private readonly texts: Partial<Record<TextField, string>> = {};
  private readonly lists: Partial<Record<ListField, string[]>> = {};

  constructor(private readonly cells: Cells) {}

  note(note: RowNote): void {
    if (!this.notes.includes(note)) this.notes.push(note);
  }

  listing(name: string, postalCode: string): { listing: Listing; notes: readonly RowNote[] } {
    if ([...name].length > NAME_LENGTH_MAX) this.note('name_cut');
    this.readTexts();
    this.readNumbers();
    this.readLists();
    const [latitude, longitude] = [cellOf(this.cells, POSITION_COLUMNS.latitude), cellOf(this.cells, POSITION_COLUMNS.longitude)];
    const { position, note } = readPosition(latitude, longitude);
    if (note) this.note(note);
    if (!position && latitude && longitude) this.add('unread', `latitude, longitude: ${latitude}; ${longitude}`);
    const updatedOn = this.readDate();
    const texts = { ...this.texts, name: [...name].slice(0, NAME_LENGTH_MAX).join('').trim(), postalCode };
    const lists = Object.fromEntries(Object.entries(this.lists).map(([field, values]) => [field, unique(values)]));
    return { listing: { texts, lists, position, updatedOn }, notes: this.notes };
  }

  private readTexts(): void {
    for (const [field, columns] of TEXT_COLUMNS) this.text(field, cellOf(this.cells, columns));
    this.text('street', this.cells.get('adresse')?.replace(/\s+/g, ' '));
    const commune = this.cells.get('commune');
    this.text('commune', commune && communeOf(commune));
  }

  private readNumbers(): void {
    const number = readSiret(this.cells.get('pivot') ?? this.cells.get('siret') ?? '');
    if (number.kind === 'siret') this.text('siret', number.siret);
    else this.note(number.kind === 'rna' ? 'siret_is_rna' : number.kind === 'siren' ? 'siret_is_siren' : `siret_${number.kind}`);
    if (number.kind === 'rna') this.text('rna', number.rna);
    if (['siren', 'rounded', 'wrong'].includes(number.kind)) this.add('unread', `pivot: ${this.cells.get('pivot') ?? this.cells.get('siret')}`);

    const insee = this.cells.get('code_insee');
    const code = insee && communeText(insee);
    if (!code) this.note('insee_code_missing');
    else if (/^([013-9]\d|2[AB1-9])\d{3}$/.test(code)) this.text('inseeCode', code);
    else this.unread('insee_code_wrong', 'code_insee', insee);

    const phone = this.cells.get('telephone');
    const read = phone === undefined ? undefined : readPhone(phone);
    this.text('telephone', read?.phone);
    for (const rest of read?.rest ?? []) this.unread('phone_unreadable', 'telephone', rest);
  }

  private readLists(): void {
    for (const [column, fields] of VOCABULARY_COLUMNS) {
      const { known, unknown } = readValues(this.cells.get(column) ?? '', fields);
      for (const { field, value } of known) this.add(field, value);
      for (const value of unknown) this.label(column, value);
    }
    for (const [field, columns] of FREE_COLUMNS) {
      for (const column of columns) for (const value of valuesOf(this.cells.get(column) ?? '')) this.free(field, value);
    }
    const emails = (cellOf(this.cells, EMAIL_COLUMNS) ?? '').split(/[|;,\s]+/).filter((part) => part !== '');
    for (const email of emails) {
      if (email.includes('@')) this.add('emails', email);
      else this.unread('value_unknown', 'courriels', email);
    }
    for (const page of (this.cells.get('site_web') ?? '').split(/\||;\s*(?=https?:|www)/)) if (page.trim() !== '') this.add('websites', page.trim());
    if (!this.lists.services) this.note('services_missing');
  }

  private readDate(): LocalDate | null {
    const text = this.cells.get('date_maj');
    const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})\b/.exec(text ?? '') ?? [];
    const date = text ? dayOf(year ? `${year}-${month}-${day}` : text.slice(0, 10)) : null;
    if (!text) this.note('date_missing');
    else if (!date) this.unread('date_unreadable', 'date_maj', text);
    // The first such lists are of the years after 2010: what is older is the zero of some calendar.
    if (date && date < '2005-01-01') this.note('date_implausible');
    return date && date >= '2005-01-01' ? date : null;
  }

  private text(field: TextField, text: string | undefined): void {
    if (text) this.texts[field] = text;
  }

  private add(field: ListField, value: string): void {
    (this.lists[field] ??= []).push(value);
  }

  /** Kept, so that nothing of the file is lost, with the column that it stood in. */
  private unread(note: RowNote, column: string, value: string): void {
    this.note(note);
    this.add('unread', `${column}: ${value}`);
  }

  private label(column: string, value: string): void {
    if (IS_PASS.test(value)) this.free('otherLabels', 'Pass numérique');
    else this.unread('value_unknown', column, value);
  }

  /** The standard dropped it on purpose: whoever takes vouchers is accredited here, and no file says so. */
  private free(field: ListField, value: string): void {
    if (IS_PASS.test(value)) this.note('pass_numerique_not_taken');
    this.add(field, value);
  }
}

const IS_PASS = /pass\s*num[ée]rique|\baptic\b/i;

function dayOf(text: string): LocalDate | null {
  try {
    return localDate(text);
  } catch {
    return null;
  }
}
