// The places that the rows of a file may speak of, in memory: each row sees what the rows before it made.
import { idOf, type FileImportId, type PlaceId } from '#libs/kernel';
import type { TakenRow } from '#libs/imports';
import type { Tx } from '#libs/persistence';
import { addressKeyOf } from '../lamednum/address-key.js';
import type { ReadPlace } from '../lamednum/read-place.js';
import { timeZoneOf } from '../lamednum/time-zone.js';
import { insertPlaces, insertSources, updatePlaces, type FoundPlace, type NewSource, type SourceId } from './listing.store.js';
import { decidePlaceRow, type HeldPlace, type Listing, type RowDecision } from './place-listing.decision.js';
import type { RowCode, RowNote } from './place-row-codes.js';

export type Readable = Extract<ReadPlace, { listing: Listing }>;
type Known = HeldPlace & { addressKey: string | null; state: 'held' | 'made' | 'changed' };

export const sourceIdOf = ({ source, externalId }: ReadPlace): SourceId => ({ source: source!, externalId: externalId! });
const idKeyOf = ({ source, externalId }: SourceId): string => JSON.stringify([source, externalId]);

export class KnownPlaces {
  private readonly byId = new Map<string, Known>();
  private readonly byAddress = new Map<string, Known[]>();
  private readonly places = new Set<Known>();
  private readonly learned = new Set<PlaceId>();
  private readonly made = new Set<PlaceId>();
  private readonly newSources: NewSource[] = [];

  constructor(private readonly importId: FileImportId, private readonly newPlaceId: () => PlaceId) {}

  /** What rows before made or changed of a place counts, and not what is still stored of it. */
  learn(found: readonly FoundPlace[]): void {
    for (const { sources, ...place } of found) {
      if (this.learned.has(place.placeId)) continue;
      this.learned.add(place.placeId);
      this.know({ ...place, state: 'held' }, sources);
    }
  }

  take(row: ReadPlace): Omit<TakenRow, 'row' | 'line'> {
    if ('refused' in row) return toldOf(row, { outcome: 'refused', code: row.refused, subjectId: null });
    const addressKey = addressKeyOf(row.listing.texts);
    const byId = this.byId.get(idKeyOf(sourceIdOf(row)));
    const decided = decidePlaceRow(row.listing, { byId, byAddress: (addressKey && this.byAddress.get(addressKey)) || [] });
    return decided.kind === 'new' ? this.make(row, addressKey, decided.besideAnother) : this.join(row, decided);
  }

  /** Whether only rows of this file make the place, so that nobody else knows its id before it is written. */
  isMade(placeId: string): boolean {
    return this.made.has(placeId as PlaceId);
  }

  async write(tx: Tx): Promise<void> {
    const written = (state: Known['state']) => [...this.places].filter((place) => place.state === state)
      .map((place) => ({ ...place, timeZone: timeZoneOf(place.listing.texts) }));
    await insertPlaces(tx, written('made').map((place) => ({ ...place, siteId: idOf('site', tx.newId()) })));
    await updatePlaces(tx, written('changed'));
    await insertSources(tx, this.importId, this.newSources);
  }

  private make(row: Readable, addressKey: string | null, besideAnother: boolean): Omit<TakenRow, 'row' | 'line'> {
    const placeId = this.newPlaceId();
    const place: Known = { placeId, listing: row.listing, accredited: false, madeBy: this.importId, addressKey, state: 'made' };
    this.made.add(placeId);
    this.know(place, []);
    this.addSource(row, place);
    return toldOf(row, { outcome: 'imported', code: 'new', subjectId: placeId }, besideAnother ? ['beside_another'] : []);
  }

  private join(row: Readable, { place, merged, changed, by }: Extract<RowDecision, { kind: 'known' }>): Omit<TakenRow, 'row' | 'line'> {
    const known = place as Known;
    if (by === 'address') this.addSource(row, known);
    if (changed) this.change(known, merged.listing);
    const { replaced, filled, lost } = merged;
    const code = replaced.length > 0 ? 'replaced' : filled.length > 0 ? 'completed' : lost.length > 0 ? 'outdated' : 'repeated';
    // A place that this import made has changed by it, however often the file repeats the row.
    const isNews = changed || by === 'address' || known.madeBy === this.importId;
    const notes: RowNote[] = [...(by === 'address' ? ['matched_by_address' as const] : []), ...(merged.identityKept ? ['identity_kept' as const] : [])];
    return {
      ...toldOf(row, { outcome: isNews ? 'merged' : 'unchanged', code, subjectId: known.placeId }, notes),
      fields: [...replaced, ...filled, ...lost.map((field) => `-${field}`)],
    };
  }

  private change(place: Known, listing: Listing): void {
    const addressKey = addressKeyOf(listing.texts);
    if (addressKey !== place.addressKey) {
      // It has moved: who has its old address now is not this place.
      const before = this.byAddress.get(place.addressKey ?? '') ?? [];
      this.byAddress.set(place.addressKey ?? '', before.filter((other) => other !== place));
      this.file(place, addressKey);
    }
    Object.assign(place, { listing, addressKey, state: place.state === 'made' ? 'made' : 'changed' });
  }

  private know(place: Known, sources: readonly SourceId[]): void {
    this.places.add(place);
    for (const source of sources) this.byId.set(idKeyOf(source), place);
    this.file(place, place.addressKey);
  }

  private file(place: Known, addressKey: string | null): void {
    if (addressKey !== null) this.byAddress.set(addressKey, [...(this.byAddress.get(addressKey) ?? []), place]);
  }

  private addSource(row: Readable, place: Known): void {
    const source = sourceIdOf(row);
    this.byId.set(idKeyOf(source), place);
    this.newSources.push({ ...source, placeId: place.placeId });
  }
}

type Told = Readonly<{ outcome: TakenRow['outcome']; code: RowCode; subjectId: PlaceId | null }>;

const toldOf = ({ source, externalId, notes }: ReadPlace, told: Told, more: readonly RowNote[] = []): Omit<TakenRow, 'row' | 'line'> =>
  ({ source, externalId, ...told, notes: [...more, ...notes], fields: [] });
