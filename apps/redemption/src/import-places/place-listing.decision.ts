// What two rows that speak of one place make of it together. The later date wins where they differ, gaps are filled from
// either, and lists of one day are joined: then a file that was imported once has nothing left to say.
import type { FileImportId, LocalDate, PlaceId } from '#libs/kernel';

export const TEXT_FIELDS = [
  'name', 'siret', 'rna', 'street', 'complement', 'postalCode', 'inseeCode', 'commune', 'telephone', 'openingHours', 'accessFeeText',
  'summary', 'description', 'parentBody', 'accessibilityPage', 'appointmentPage',
] as const;
export const LIST_FIELDS = [
  'services', 'audiences', 'specificSupport', 'accessFees', 'programmes', 'trainings', 'otherLabels', 'accessModes', 'supportModes',
  'roaming', 'kinds', 'emails', 'websites', 'unread',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export type ListField = (typeof LIST_FIELDS)[number];
export type Position = Readonly<{ latitude: number; longitude: number }>;

export type Listing = Readonly<{
  texts: Readonly<Partial<Record<TextField, string>> & { name: string; postalCode: string }>;
  lists: Readonly<Partial<Record<ListField, readonly string[]>>>;
  position: Position | null;
  updatedOn: LocalDate | null;
}>;

/** Settlement and the tills go by these once a place is accredited: no file changes them then. */
const IDENTITY: ReadonlySet<string> = new Set(['name', 'siret'] satisfies TextField[]);
/** `VALENCE` and `Valence` are one commune. */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set(['name', 'street', 'complement', 'commune'] satisfies TextField[]);

export type Merged = Readonly<{
  listing: Listing;
  replaced: readonly string[];
  filled: readonly string[];
  /** Said otherwise by the row, and not taken. */
  lost: readonly string[];
  /** Of those, what was not taken because the place is accredited. */
  identityKept: boolean;
}>;

type Said = 'earlier' | 'same day' | 'later';
type Verdict = 'kept' | 'filled' | 'replaced' | 'lost';

export function mergeListing(held: Listing, row: Listing, accredited: boolean): Merged {
  const when: Said = (row.updatedOn ?? '') === (held.updatedOn ?? '') ? 'same day' : (row.updatedOn ?? '') > (held.updatedOn ?? '') ? 'later' : 'earlier';
  const [texts, lists] = [{ ...held.texts }, { ...held.lists }];
  const fields: Record<Verdict, string[]> = { kept: [], filled: [], replaced: [], lost: [] };
  let identityKept = false;
  for (const field of TEXT_FIELDS) {
    let verdict = compareTexts(field, held.texts[field], row.texts[field], when);
    if (verdict === 'replaced' && accredited && IDENTITY.has(field)) [verdict, identityKept] = ['lost', true];
    if (verdict === 'filled' || verdict === 'replaced') texts[field] = row.texts[field]!;
    fields[verdict].push(field);
  }
  for (const field of LIST_FIELDS) {
    const [verdict, list] = compareLists(held.lists[field] ?? [], row.lists[field] ?? [], when);
    if (list.length > 0) lists[field] = list;
    fields[verdict].push(field);
  }
  const verdict = comparePositions(held.position, row.position, when);
  fields[verdict].push('position');
  const position = verdict === 'filled' || verdict === 'replaced' ? row.position : held.position;
  const { filled, replaced, lost } = fields;
  return { listing: { texts, lists, position, updatedOn: when === 'later' ? row.updatedOn : held.updatedOn }, filled, replaced, lost, identityKept };
}

function compareTexts(field: TextField, held: string | undefined, row: string | undefined, when: Said): Verdict {
  if (row === undefined || row === held) return 'kept';
  if (held === undefined) return 'filled';
  if (WRITTEN_BY_PEOPLE.has(field) && isSameWriting(held, row)) return 'kept';
  return when === 'later' ? 'replaced' : 'lost';
}

// Made once: a national file compares tens of thousands of times.
const collator = new Intl.Collator('fr', { sensitivity: 'base', ignorePunctuation: true });
const isSameWriting = (a: string, b: string): boolean => collator.compare(a, b) === 0;

/** A file with one row per place and service says the services of a place one by one: those of one day are joined. */
function compareLists(held: readonly string[], row: readonly string[], when: Said): readonly [Verdict, readonly string[]] {
  const added = row.filter((value) => !held.includes(value));
  if (row.length === 0 || (added.length === 0 && (row.length === held.length || when !== 'later'))) return ['kept', held];
  if (held.length === 0) return ['filled', row];
  if (when === 'same day') return ['filled', [...held, ...added]];
  return when === 'later' ? ['replaced', row] : ['lost', held];
}

function comparePositions(held: Position | null, row: Position | null, when: Said): Verdict {
  if (!row) return 'kept';
  if (!held) return 'filled';
  // Ten metres: two tools that look up one address differ by more.
  if (metresBetween(held, row) < 10) return 'kept';
  return when === 'later' ? 'replaced' : 'lost';
}

/** On a sphere flat enough for the few kilometres that are asked about. */
function metresBetween(a: Position, b: Position): number {
  const metresPerDegree = 111_320;
  const north = (a.latitude - b.latitude) * metresPerDegree;
  const east = (a.longitude - b.longitude) * metresPerDegree * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

export type HeldPlace = Readonly<{ placeId: PlaceId; listing: Listing; accredited: boolean; madeBy: FileImportId }>;

/** Addresses are looked up badly, so a kilometre is no reason; beyond this they are two places of one name. */
const APART_METRES = 2_000;

/** One name at one address, but of two legal bodies, or on two sides of the town. */
function isClearlyAnother({ listing }: HeldPlace, row: Listing): boolean {
  const [held, said] = [listing.texts.siret, row.texts.siret];
  if (held !== undefined && said !== undefined && held.slice(0, 9) !== said.slice(0, 9)) return true;
  return listing.position !== null && row.position !== null && metresBetween(listing.position, row.position) > APART_METRES;
}

export type Found = Readonly<{ byId: HeldPlace | undefined; byAddress: readonly HeldPlace[] }>;
export type RowDecision =
  | Readonly<{ kind: 'new'; besideAnother: boolean }>
  | Readonly<{ kind: 'known'; place: HeldPlace; merged: Merged; changed: boolean; by: 'id' | 'address' }>;

/** The id decides where it is known; a new id may still be a place that another file has under its own. */
export function decidePlaceRow(row: Listing, { byId, byAddress }: Found): RowDecision {
  const place = byId ?? byAddress.find((candidate) => !isClearlyAnother(candidate, row));
  if (!place) return { kind: 'new', besideAnother: byAddress.length > 0 };
  const merged = mergeListing(place.listing, row, place.accredited);
  const changed = merged.filled.length > 0 || merged.replaced.length > 0 || merged.listing.updatedOn !== place.listing.updatedOn;
  return { kind: 'known', place, merged, changed, by: byId ? 'id' : 'address' };
}
