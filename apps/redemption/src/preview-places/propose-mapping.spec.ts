import { describe, expect, it } from '@jest/globals';
import { FIELD_NAMES, ruleOf } from '../lamednum/fields.js';
import { proposeMapping } from './propose-mapping.js';

const propose = (columns: Record<string, readonly string[]>) =>
  proposeMapping(Object.entries(columns).map(([header, values]) => ({ header, values })));

describe('names of columns', () => {
  it('are of one field each, and folded', () => {
    const names = FIELD_NAMES.flatMap((field) => ruleOf(field).names);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9]+( [a-z0-9]+)*$/.test(name))).toEqual([]);
  });
});

describe('a proposed mapping', () => {
  it.each<[string, Record<string, readonly string[]>, object]>([
    ['by name, whatever accents and capitals', { 'TÉLÉPHONE': [], VILLE: [], Intitulé: [] }, { telephone: ['TÉLÉPHONE'], commune: ['VILLE'], name: ['Intitulé'] }],
    ['of a list more than one column', { 'E-mail 1': ['a@b.fr'], 'E-mail 2': ['c@d.fr'] }, { emails: ['E-mail 1', 'E-mail 2'] }],
    ['of a text the first only', { Nom: ['A'], Structure: ['B'] }, { name: ['Nom'] }],
    ['by a word of a longer name', { 'Nom de la commune d\'implantation': ['Valence'] }, { commune: ['Nom de la commune d\'implantation'] }],
    ['by values where the name says nothing', { X1: ['73282932000074', '00000000000000'], X2: ['a@b.fr'], X3: ['04 67 71 48 50'], X4: ['https://a.example'] },
      { siret: ['X1'], emails: ['X2'], telephone: ['X3'], websites: ['X4'] }],
    ['not by a name that values belie', { Adresse: ['a@b.fr', 'c@d.fr'], Tel: ['44.93, 4.89'] }, { emails: ['Adresse'], position: ['Tel'] }],
    ['by the name of an id, whatever it looks like', { ID: ['73282932000074'] }, { externalId: ['ID'] }],
    ['of coordinates', { A: ['44.9312', '44.93'], B: ['44.9312', '45.7812'], C: ['4.8921', '4.9517'], D: ['2.50', '4.00'] }, { latitude: ['B'], longitude: ['C'] }],
    ['of a pair of them', { Geo: ['44.9312, 4.8921'] }, { position: ['Geo'] }],
    ['of two codes of five digits', { A: ['26000', '26120', '26501'], B: ['26362', '26211', '2A004'] }, { postalCode: ['A'], inseeCode: ['B'] }],
    ['of a postal code before its commune', { 'CP Ville': ['26000 Valence'] }, { postalCode: ['CP Ville'], commune: ['CP Ville'] }],
    ['of one whole address', { Lieu: ['Orme'], 'Adresse complète': ['3 rue Haute, 26000 Valence'] },
      { externalId: ['Lieu', 'Adresse complète'], name: ['Lieu'], street: ['Adresse complète'], postalCode: ['Adresse complète'], commune: ['Adresse complète'] }],
    ['of an address in parts', { Numéro: ['3'], 'Type voie': ['rue'], 'Nom voie': ['Haute'] }, { street: ['Numéro', 'Type voie', 'Nom voie'] }],
    ['of services and hours by their words', { A: ['Créer avec le numérique, Prendre en main un ordinateur'], B: ['Mo-Fr 09:00-12:00'] }, { services: ['A'], openingHours: ['B'] }],
    ['with an id made of what lasts, where there is none', { Nom: ['Orme'], CP: ['26000'], Rue: ['rue Haute'] },
      { externalId: ['Nom', 'CP', 'Rue'], name: ['Nom'], postalCode: ['CP'], street: ['Rue'] }],
    ['of nothing that it does not know', { Couleur: ['rouge'], Étage: ['2'] }, {}],
  ])('is made %s', (_what, columns, expected) => {
    expect(propose(columns).columns).toEqual(expected);
  });

  it('says why, and what is missing', () => {
    const { reasons, missing } = propose({ Nom: ['Orme'], X: ['26000'], Couleur: ['rouge'] });
    expect([...reasons]).toEqual([['Nom', [{ field: 'externalId', by: 'made' }, { field: 'name', by: 'name' }]], ['X', [{ field: 'externalId', by: 'made' }, { field: 'postalCode', by: 'values' }]]]);
    expect(missing).toEqual(['source']);
    expect(propose({ Couleur: [] }).missing).toEqual(['externalId', 'source', 'name', 'postalCode']);
  });
});
