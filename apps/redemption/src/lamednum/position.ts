// Where a place is, as far as a file's coordinates can be believed.
import type { Position } from '../import-places/place-listing.decision.js';
import type { RowNote } from '../import-places/place-row-codes.js';

/** South, north, west, east of everything French that has places: the mainland first, then as the post numbers them. */
const TERRITORIES: readonly (readonly [number, number, number, number])[] = [
  [41.2, 51.2, -5.3, 9.7], [15.7, 18.2, -63.2, -60.9], [14.3, 15, -61.3, -60.7], [2, 6, -54.7, -51.5], [-21.5, -20.8, 55.1, 55.9],
  [46.7, 47.2, -56.5, -56.1], [-13.1, -12.5, 44.9, 45.4], [-14.5, -13.1, -178.3, -176], [-28, -7.8, -155, -134], [-23, -17.9, 158, 172.2],
];

const isFrench = ({ latitude, longitude }: Position): boolean => TERRITORIES
  .some(([south, north, west, east]) => south <= latitude && latitude <= north && west <= longitude && longitude <= east);

export type ReadPosition = Readonly<{ position: Position | null; note?: RowNote }>;

export function readPosition(latitudeText: string | undefined, longitudeText: string | undefined): ReadPosition {
  if (!latitudeText || !longitudeText) return { position: null, note: 'coordinates_missing' };
  const [latitude, longitude] = [numberOf(latitudeText), numberOf(longitudeText)];
  if (Number.isNaN(latitude) || Number.isNaN(longitude)) return { position: null, note: 'coordinates_unreadable' };
  if (latitude === 0 && longitude === 0) return { position: null, note: 'coordinates_missing' };
  if (isFrench({ latitude, longitude })) return { position: { latitude, longitude } };
  if (isFrench({ latitude: longitude, longitude: latitude })) return { position: { latitude: longitude, longitude: latitude }, note: 'coordinates_swapped' };
  const far = Math.max(Math.abs(latitude), Math.abs(longitude)) > 1_000;
  return { position: null, note: far ? 'coordinates_projected' : 'coordinates_outside_france' };
}

/** `44,926` as well as `44.926`; an empty text is no zero. */
const numberOf = (text: string): number => (/^[-+]?\d+([.,]\d+)?$/.test(text.replace(/\s/g, '')) ? Number(text.replace(/\s/g, '').replace(',', '.')) : Number.NaN);
