// What the services answer the pages of territory: one commune far from every place, one near, one of which nothing is known.
import { EVIL, uuid, type Answers } from './page-samples.js';

const nowhere = { name: null, listedPlaces: 0, latitude: null, longitude: null, nearest: null, state: 'unknown' };
const nearest = (km: number) => ({ placeId: `plc_${uuid(2)}`, name: `Médiathèque ${EVIL}`, km });
const area = { redemptions: 40, redeemedCents: 40_000, people: 12, places: 2, minutes: null };

export const territoryAnswers: Answers = {
  'GET /redemption/deserts': [200, {
    programmeId: `prg_${uuid(4)}`, on: '2026-11-24', farKm: 15, communes: { served: 1, neighbour: 1, far: 1, unknown: 1 },
    places: [
      { placeId: `plc_${uuid(2)}`, name: `Médiathèque ${EVIL}`, commune: '26362', latitude: 44.933, longitude: 4.892 },
      { placeId: `plc_${uuid(3)}`, name: 'Halle', commune: '26113', latitude: null, longitude: null },
    ],
    items: [
      { code: '26168', name: `Luz ${EVIL}`, departement: '26', listedPlaces: 1, latitude: 44.61, longitude: 5.45, nearest: nearest(56.4), state: 'far' },
      { code: '26037', name: 'Beaumont', departement: '26', listedPlaces: 2, latitude: 44.88, longitude: 4.91, nearest: nearest(6.1), state: 'neighbour' },
      { code: '26167', departement: '26', ...nowhere },
    ],
    placesWithoutCommune: 3,
    zones: [
      { zone: 'rural', communes: { served: 0, neighbour: 0, far: 1, unknown: 0 } }, { zone: 'urban', communes: { served: 1, neighbour: 1, far: 0, unknown: 0 } },
      { zone: 'unknown_density', communes: { served: 0, neighbour: 0, far: 0, unknown: 1 } }, { zone: 'with_quarter', communes: { served: 1, neighbour: 0, far: 0, unknown: 0 } },
      { zone: 'unknown_quarter', communes: { served: 0, neighbour: 1, far: 1, unknown: 1 } },
    ],
    zoneLists: [
      { list: 'density', importId: `imp_${uuid(32)}`, rows: 34_900, since: '2026-10-01T08:00:00.000Z' }, { list: 'quarters', importId: `imp_${uuid(33)}`, rows: 1_500, since: '2026-10-01T08:00:00.000Z' },
    ],
    imports: [{ importId: `imp_${uuid(30)}`, places: 5 }],
  }],
  'GET /redemption/zones': [200, { lists: [], items: [{ commune: '26362', densityClass: '2', quarters: ['QN02601M'], zones: ['urban', 'with_quarter'] }] }],
  'GET /audit/areas': [200, {
    programmeId: `prg_${uuid(4)}`, from: '2025-11', to: '2026-10', readTo: 1_234,
    money: { activatedCents: 100_000, redeemedCents: 90_000, expiredCents: 5_000, payers: 2 },
    areas: [
      { kind: 'commune', code: '26362', ...area }, { kind: 'commune', code: null, ...area, redemptions: 1 }, { kind: 'departement', code: '26', ...area },
      { kind: 'epci', code: null, ...area }, { kind: 'programme', code: `prg_${uuid(4)}`, ...area, redemptions: 41 },
    ],
  }],
  'GET /audit/place-earnings': [200, {
    year: 2026, isOver: false, readTo: 1_234, range: { version: 1, low: 1_500_000, high: 2_500_000, source: `A help page ${EVIL}`, sourceYear: 2021 },
    bands: { below: 1, within: 1, above: 0 },
    places: [
      { placeId: `plc_${uuid(2)}`, name: `Médiathèque ${EVIL}`, commune: '26362', latitude: 44.933, longitude: 4.892, takenCents: 1_600_000, redemptions: 1_600, band: 'within', locatedBy: `evt_${uuid(31)}` },
      { placeId: `plc_${uuid(3)}`, name: null, commune: null, latitude: null, longitude: null, takenCents: 1_000, redemptions: 1, band: 'below', locatedBy: null },
    ],
  }],
  'GET /audit/territory-targets': [200, { programmeId: `prg_${uuid(4)}`, year: 2026, items: [
    { kind: 'commune', code: '26362', version: 2, redemptions: 120, reason: `Agreed ${EVIL}`, reached: 40, setBy: `usr_${uuid(22)}`, setAt: '2026-01-12T09:00:00.000Z' },
    { kind: 'departement', code: '07', version: 1, redemptions: 60, reason: 'Agreed with the council', reached: null, setBy: null, setAt: '2026-01-12T09:00:00.000Z' },
  ] }],
  'POST /audit/territory-targets': [201, { version: 3 }],
  'GET /audit/third-parties': [200, { items: [
    { thirdParty: 'hospital', where: ['places', 'payers'], reason: { fr: 'La télémédecine', en: 'Telemedicine' }, basis: 'source', source: `A report ${EVIL}`, sourceYear: 2018 },
    { thirdParty: 'bank', where: ['vouchers'], reason: { fr: 'Les clients fragiles', en: 'Fragile customers' }, basis: 'ours', source: 'A law', sourceYear: 2013 },
  ] }],
};
