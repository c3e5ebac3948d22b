import { describe, expect, it } from '@jest/globals';
import type { Territory } from '#libs/kernel';
import { decideAccreditation, type Candidate } from './accredit-place.decision.js';

const DROME: Territory = [{ kind: 'departement', code: '26' }];
const place = (commune: string | null, siret: string | null = '73282932000074'): Candidate => ({ siret, commune });
const SAID = '26002';

describe('a place', () => {
  it.each<[string, Candidate, string | null, Territory, string | null]>([
    ['whose commune a file says, in the territory', place('26001'), null, DROME, '26001'],
    ['anywhere, of a programme without a territory', place('75056'), null, [], '75056'],
    ['that is nobody knows where, of a programme without a territory', place(null), null, [], null],
    ['whose commune the operator says', place(null), SAID, DROME, SAID],
    ['of which both say the same', place(SAID), SAID, DROME, SAID],
  ])('%s is accredited, by that commune', (_, candidate, inseeCode, territory, commune) => {
    expect(decideAccreditation(candidate, { inseeCode, territory })).toEqual({ siret: '73282932000074', commune });
  });

  const refused: [string, Candidate | undefined, string | null, Territory | undefined, string, object][] = [
    ['that does not exist', undefined, null, DROME, 'place_not_found', {}],
    ['without a SIRET', place('26001', null), null, DROME, 'place_without_siret', {}],
    ['for a programme that nobody told of', place('26001'), null, undefined, 'programme_not_found', {}],
    ['of which somebody says another commune than the file', place('75056'), SAID, DROME, 'place_commune_differs', { inseeCode: '75056' }],
    ['that is nobody knows where', place(null), null, DROME, 'place_commune_unknown', {}],
    ['elsewhere by the file', place('07001'), null, DROME, 'place_outside_territory', { inseeCode: '07001' }],
    ['elsewhere by what the operator says', place(null), '07001', DROME, 'place_outside_territory', { inseeCode: '07001' }],
  ];
  const cases = refused.map(([sentence, candidate, inseeCode, territory, code, details]) =>
    ({ sentence, candidate, inseeCode, territory, code, details }));
  it.each(cases)('$sentence is not', ({ candidate, inseeCode, territory, code, details }) => {
    expect(decideAccreditation(candidate, { inseeCode, territory })).toEqual({ kind: 'rejected', code, details });
  });
});
