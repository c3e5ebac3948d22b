import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localDate, type FileImportId, type LocalDate, type PlaceId } from '#libs/kernel';
import { decidePlaceRow, mergeListing, type HeldPlace, type Listing } from './place-listing.decision.js';

type Over = Readonly<{ texts?: object; lists?: Listing['lists']; position?: Listing['position']; updatedOn?: string | null }>;
const listing = ({ texts = {}, lists = {}, position = null, updatedOn = '2024-01-01' }: Over = {}): Listing => ({
  texts: { name: 'Médiathèque', postalCode: '26000', ...texts }, lists, position, updatedOn: updatedOn === null ? null : localDate(updatedOn),
});
const LATER = { updatedOn: '2024-06-01' };
const EARLIER = { updatedOn: '2023-01-01' };
const HERE = { latitude: 44.93, longitude: 4.89 };
const [SIRET, OF_ANOTHER_BODY, OF_THE_SAME_BODY] = ['73282932000074', '55208131766522', '73282932000082'];

describe('two rows of one place', () => {
  it.each<[string, Over, Over, object]>([
    ['say the same', {}, {}, { filled: [], replaced: [], lost: [] }],
    ['fill each other\'s gaps, the earlier one too', {}, { ...EARLIER, texts: { siret: SIRET } }, { filled: ['siret'], listing: { texts: { siret: SIRET } } }],
    ['differ, and the later wins', { texts: { siret: SIRET } }, { ...LATER, texts: { siret: OF_ANOTHER_BODY } },
      { replaced: ['siret'], listing: { texts: { siret: OF_ANOTHER_BODY }, updatedOn: LATER.updatedOn } }],
    ['differ, and the earlier loses', { texts: { siret: SIRET } }, { ...EARLIER, texts: { siret: OF_ANOTHER_BODY } }, { lost: ['siret'], listing: { texts: { siret: SIRET } } }],
    ['differ on one day, and the first stays', { texts: { siret: SIRET } }, { texts: { siret: OF_ANOTHER_BODY } }, { lost: ['siret'] }],
    ['keep what the later leaves empty', { texts: { siret: SIRET } }, LATER, { listing: { texts: { siret: SIRET } } }],
    ['are written in capitals or not', { texts: { commune: 'Châtel-Guyon' } }, { ...LATER, texts: { commune: 'CHATEL GUYON' } },
      { replaced: [], listing: { texts: { commune: 'Châtel-Guyon' } } }],
    ['have no date, and a dated one is later', { updatedOn: null, texts: { siret: SIRET } }, { texts: { siret: OF_ANOTHER_BODY } }, { replaced: ['siret'] }],
    ['join the services of one day', { lists: { services: ['a'] } }, { lists: { services: ['b', 'a'] } }, { filled: ['services'], listing: { lists: { services: ['a', 'b'] } } }],
    ['replace the services of an earlier day', { lists: { services: ['a', 'b'] } }, { ...LATER, lists: { services: ['a'] } },
      { replaced: ['services'], listing: { lists: { services: ['a'] } } }],
    ['keep the services of a later day', { lists: { services: ['a'] } }, { ...EARLIER, lists: { services: ['b'] } }, { lost: ['services'] }],
    ['are a few steps apart', { position: HERE }, { ...LATER, position: { latitude: 44.93005, longitude: 4.89 } }, { replaced: [], listing: { position: HERE } }],
    ['are across the street', { position: HERE }, { ...LATER, position: { latitude: 44.931, longitude: 4.89 } }, { replaced: ['position'] }],
  ])('%s', (_what, held, row, expected) => {
    expect(mergeListing(listing(held), listing(row), false)).toMatchObject(expected);
  });

  it('do not change who an accredited place is, and fill what nobody is paid by', () => {
    const merged = mergeListing(listing({ texts: { siret: SIRET } }), listing({ ...LATER, texts: { name: 'Autre', siret: OF_ANOTHER_BODY, street: 'Rue' } }), true);
    expect(merged).toMatchObject({ lost: ['name', 'siret'], filled: ['street'], identityKept: true, listing: { texts: { name: 'Médiathèque', siret: SIRET } } });
  });

  it('have nothing left to say when each was heard once, in whatever order they came', () => {
    const date = fc.constantFrom(null, '2023-01-01', '2024-01-01', '2024-06-01') as fc.Arbitrary<LocalDate | null>;
    const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
    const row = fc.record({ siret: text, street: text, services: fc.subarray(['x', 'y', 'z']), north: fc.constantFrom(0, 1, 2), updatedOn: date })
      .map(({ siret, street, services, north, updatedOn }) => listing({
        texts: { ...(siret && { siret }), ...(street && { street }) }, lists: { services }, updatedOn,
        position: north === 0 ? null : { latitude: 44 + north, longitude: 4 },
      }));
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.boolean(), (rows, accredited) => {
      const once = rows.reduce((held, said) => mergeListing(held, said, accredited).listing);
      const twice = rows.reduce((held, said) => mergeListing(held, said, accredited).listing, once);
      expect(twice).toEqual(once);
    }));
  });
});

describe('a row and the places that are known', () => {
  const held = (over: Over = {}, id = 'known'): HeldPlace =>
    ({ placeId: id as PlaceId, listing: listing(over), accredited: false, madeBy: 'earlier' as FileImportId });
  const [named, other] = [held({}, 'named'), held({}, 'other')];

  it.each<[string, Over, Parameters<typeof decidePlaceRow>[1], object]>([
    ['is new when nothing is like it', {}, { byId: undefined, byAddress: [] }, { kind: 'new', besideAnother: false }],
    ['is the place of its id', {}, { byId: named, byAddress: [other] }, { kind: 'known', place: named, by: 'id', changed: false }],
    ['is the place at its address', {}, { byId: undefined, byAddress: [other] }, { kind: 'known', place: other, by: 'address' }],
    ['is a place beside one of another body', { texts: { siret: OF_ANOTHER_BODY } }, { byId: undefined, byAddress: [held({ texts: { siret: SIRET } })] }, { kind: 'new', besideAnother: true }],
    ['is the place of its body, at whichever of its addresses', { texts: { siret: OF_THE_SAME_BODY } }, { byId: undefined, byAddress: [held({ texts: { siret: SIRET } })] }, { kind: 'known' }],
    ['is another one across the town', { position: HERE }, { byId: undefined, byAddress: [held({ position: { latitude: 44.95, longitude: 4.89 } })] }, { kind: 'new' }],
    ['is the same when an address was looked up badly', { position: HERE }, { byId: undefined, byAddress: [held({ position: { latitude: 44.938, longitude: 4.89 } })] }, { kind: 'known' }],
    ['is the second of two at its address, when the first is of another body', { texts: { siret: OF_ANOTHER_BODY } },
      { byId: undefined, byAddress: [held({ texts: { siret: SIRET } }, 'first'), other] }, { kind: 'known', place: other }],
    ['with its id moves, whatever its address says', { texts: { siret: OF_ANOTHER_BODY }, ...LATER }, { byId: held({ texts: { siret: SIRET } }), byAddress: [] }, { kind: 'known', changed: true }],
  ])('%s', (_what, row, known, expected) => {
    expect(decidePlaceRow(listing(row), known)).toMatchObject(expected);
  });
});
