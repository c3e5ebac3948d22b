// A chunk of rows against the places that are known, taken for good or only tried.
import { idOf, type FileImportId } from '#libs/kernel';
import type { TakenRow } from '#libs/imports';
import type { Sql, Tx } from '#libs/persistence';
import type { Row } from '#libs/tabular';
import { lockByName } from '../database.store.js';
import { addressKeyOf } from '../lamednum/address-key.js';
import { readPlace, type ReadPlace } from '../lamednum/read-place.js';
import { KnownPlaces, sourceIdOf, type Readable } from './known-places.js';
import { findPlacesOf, lockPlacesOf, type AskedPlaces } from './listing.store.js';

export async function takePlaces(tx: Tx, importId: FileImportId, rows: readonly Row[]): Promise<TakenRow[]> {
  // One import at a time: two files that bring one new place at once would make two of it.
  await lockByName(tx, 'place imports');
  const read = rows.map(readPlace);
  const places = new KnownPlaces(importId, () => idOf('place', tx.newId()));
  places.learn(await lockPlacesOf(tx, askedOf(read)));
  const outcomes = outcomesOf(rows, read, places);
  await places.write(tx);
  return outcomes;
}

/** What would become of the rows: `places` remembers them for the chunk after this one, and nothing else does. */
export async function tryPlaces(sql: Sql, places: KnownPlaces, rows: readonly Row[]): Promise<TakenRow[]> {
  const read = rows.map(readPlace);
  places.learn(await findPlacesOf(sql, askedOf(read)));
  return outcomesOf(rows, read, places);
}

function askedOf(read: readonly ReadPlace[]): AskedPlaces {
  const readable = read.filter((row): row is Readable => 'listing' in row);
  const addressKeys = readable.map(({ listing }) => addressKeyOf(listing.texts)).filter((key) => key !== null);
  return { ids: readable.map(sourceIdOf), addressKeys };
}

const outcomesOf = (rows: readonly Row[], read: readonly ReadPlace[], places: KnownPlaces): TakenRow[] =>
  rows.map(({ number, line }, at) => ({ row: number, line, ...places.take(read[at]!) }));
