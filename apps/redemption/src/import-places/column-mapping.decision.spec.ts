import { describe, expect, it } from '@jest/globals';
import { isRejected } from '#libs/kernel';
import { columnName } from '#libs/tabular';
import { MAPPABLE } from '../lamednum/fields.js';
import { decideMapping, keptMapping } from './column-mapping.decision.js';
import { mapRow } from './map-row.js';

const headers = new Map(['Réf', 'Nom du lieu', 'Service', 'CP Ville', 'Rue', 'N°', 'Mail', 'Mail 2', 'GPS', 'Lat', 'Maj', 'Maj 2', 'Tél']
  .map((header) => [columnName(header), header]));
const table = { headers, lossy: new Set(['tel']) };
type Pairs = readonly (readonly [field: string, header: string])[];
const NEEDED: Pairs = [['externalId', 'Réf'], ['name', 'Nom du lieu'], ['postalCode', 'CP Ville']];
const decide = (said: Pairs, source: string | null = 'Tilleul') =>
  decideMapping({ pairs: said.map(([field, header]) => ({ field, header, column: columnName(header) })), source }, MAPPABLE, table);

describe('a mapping', () => {
  it.each<[string, Pairs, string | null, string, object]>([
    ['a field that places do not have', [...NEEDED, ['colour', 'Rue'], ['toString', 'Rue']], 'Tilleul', 'mapping_field_unknown', { fields: 'colour, toString' }],
    ['a header that the file does not have', [...NEEDED, ['street', 'Voie']], 'Tilleul', 'mapping_header_missing', { headers: 'Voie' }],
    ['two columns for a field that takes one', [...NEEDED, ['updatedOn', 'Maj'], ['updatedOn', 'Maj 2']], 'Tilleul', 'mapping_field_doubled', { fields: 'updatedOn' }],
    ['a position and a latitude', [...NEEDED, ['position', 'GPS'], ['latitude', 'Lat']], 'Tilleul', 'mapping_field_doubled', { fields: 'latitude' }],
    ['a source and a column of sources', [...NEEDED, ['source', 'Service']], 'Tilleul', 'mapping_field_doubled', { fields: 'source' }],
    ['a header that stands twice and says two things', [...NEEDED, ['telephone', 'Tél']], 'Tilleul', 'mapping_header_doubled', { headers: 'Tél' }],
    ['no id', NEEDED.slice(1), 'Tilleul', 'mapping_field_missing', { fields: 'externalId' }],
    ['no source', NEEDED, null, 'mapping_field_missing', { fields: 'source' }],
    ['nothing that is needed', [['street', 'Rue']], null, 'mapping_field_missing', { fields: 'externalId, source, name, postalCode' }],
  ])('is refused with %s', (_what, pairs, source, code, details) => {
    expect(decide(pairs, source)).toMatchObject({ code, details });
  });

  it('is kept with headers as the file writes them, in one way however it was said', () => {
    const said: Pairs[] = [[...NEEDED, ['emails', 'Mail'], ['emails', 'Mail 2']], [['emails', 'MAIL'], ['emails', 'mail_2'], ['emails', 'Mail'], ...[...NEEDED].reverse()]];
    const kept = said.map((pairs) => {
      const mapping = decide(pairs);
      return JSON.stringify(isRejected(mapping) ? mapping : keptMapping(mapping, table));
    });
    expect(kept[1]).toBe(kept[0]);
    expect(JSON.parse(kept[0]!)).toEqual({
      source: 'Tilleul', columns: { externalId: ['Réf'], name: ['Nom du lieu'], postalCode: ['CP Ville'], emails: ['Mail', 'Mail 2'] },
    });
  });
});

describe('a row of a file with a mapping', () => {
  const read = (pairs: Pairs, cells: Record<string, string>) => {
    const mapping = decide([...NEEDED, ...pairs]);
    if (isRejected(mapping)) throw new Error(mapping.code);
    return Object.fromEntries(mapRow(mapping, { number: 1, line: 2, cells: new Map(Object.entries({ ref: '7', nom_du_lieu: 'Orme', cp_ville: '26000 Valence', ...cells })) }).cells);
  };
  const BARE = { id: '7', nom: 'Orme', code_postal: '26000 Valence', source: 'Tilleul' };

  it.each<[string, Pairs, Record<string, string>, Record<string, string>]>([
    ['drops what nobody mapped, whatever it is called', [], { adresse: 'x', services: 'y', source: 'z' }, {}],
    ['joins the columns of a text in the order they were said in', [['street', 'N°'], ['street', 'Rue']], { n: '3', rue: 'rue Haute' }, { adresse: '3 rue Haute' }],
    ['joins no blanks', [['street', 'N°'], ['street', 'Rue']], { rue: 'rue Haute' }, { adresse: 'rue Haute' }],
    ['lists the columns of a list', [['emails', 'Mail'], ['emails', 'Mail 2']], { mail: 'a@b.fr', mail_2: 'c@d.fr' }, { courriels: 'a@b.fr|c@d.fr' }],
    ['finds the commune behind the postal code', [['commune', 'CP Ville']], {}, { commune: 'Valence' }],
    ['finds the street before it', [['commune', 'CP Ville'], ['street', 'CP Ville']], { cp_ville: '3 rue Haute, 26000 Valence' },
      { code_postal: '3 rue Haute, 26000 Valence', commune: 'Valence', adresse: '3 rue Haute' }],
    ['leaves a street alone that has a column of its own', [['street', 'Rue']], { rue: '12345 rue Haute' }, { adresse: '12345 rue Haute' }],
    ['cuts a position in two', [['position', 'GPS']], { gps: '44.93, 4.89' }, { latitude: '44.93', longitude: '4.89' }],
    ['cuts one with decimal commas', [['position', 'GPS']], { gps: '44,93;4,89' }, { latitude: '44,93', longitude: '4,89' }],
    ['keeps what is no position whole, to be told', [['position', 'GPS']], { gps: 'centre' }, { latitude: 'centre', longitude: 'centre' }],
  ])('%s', (_what, pairs, cells, expected) => {
    expect(read(pairs, cells)).toEqual({ ...BARE, ...expected });
  });
});
