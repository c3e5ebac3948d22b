import { describe, expect, it } from '@jest/globals';
import type { FileImportId, PayerId } from '#libs/kernel';
import { decidePayerRow, type Known, type KnownPayer, type PayerText } from './payer-row.decision.js';

const [NOW, EARLIER] = ['now' as FileImportId, 'earlier' as FileImportId];
const [SIREN, SIRET, OTHER_SIRET] = ['732829320', '73282932000074', '73282932000082'];
const payer = (over: Partial<KnownPayer> = {}): KnownPayer =>
  ({ payerId: 'p' as PayerId, name: 'Albon', siren: SIREN, siret: SIRET, madeBy: EARLIER, ...over });
const commune: PayerText['territory'] = { kind: 'commune', code: '26002', name: 'Albon' };
const row = (over: Partial<PayerText> = {}): PayerText => ({ name: 'Albon', siren: SIREN, siret: SIRET, territory: null, ...over });
const known = (ofSiren: readonly KnownPayer[] = [], over: Partial<Known> = {}): Known =>
  ({ importId: NOW, ofSiren, ofTerritory: undefined, ...over });

describe('a row of a list of councils', () => {
  it.each<[string, PayerText, Known, object]>([
    ['is a new payer', row(), known(), { outcome: 'imported', code: 'new' }],
    ['says nothing new of a payer of an earlier import', row(), known([payer()]), { outcome: 'unchanged', code: 'repeated', notes: [] }],
    ['says nothing new of a payer registered by hand', row(), known([payer({ madeBy: null })]), { outcome: 'unchanged' }],
    ['is merged when this file has brought its body', row(), known([payer({ madeBy: NOW })]), { outcome: 'merged', code: 'repeated' }],
    ['adds a territory to a known body', row({ territory: commune }), known([payer()]), { outcome: 'merged', code: 'territory_added' }],
    ['repeats a territory', row({ territory: commune }), known([payer()], { ofTerritory: payer() }), { outcome: 'unchanged', code: 'repeated' }],
    ['does not rename a payer', row({ name: 'ALBON' }), known([payer()]), { outcome: 'unchanged', notes: ['name_kept'] }],
    ['means the body when it has no SIRET', row({ siret: null }), known([payer(), payer({ siret: OTHER_SIRET })]), { payer: { siret: SIRET } }],
    ['means the body when that is known without one', row(), known([payer({ siret: null })]), { outcome: 'unchanged', notes: ['siret_kept'] }],
    ['is another payer at another address of the body', row(), known([payer({ siret: OTHER_SIRET })]), { outcome: 'imported' }],
    ['prefers its own address', row(), known([payer({ siret: null }), payer()]), { payer: { siret: SIRET }, notes: [] }],
    ['is the council that it was, at another address', row({ territory: commune }),
      known([payer({ siret: OTHER_SIRET })], { ofTerritory: payer({ siret: OTHER_SIRET }) }), { outcome: 'unchanged', notes: ['siret_kept'] }],
    ['does not take a territory away from another body', row({ territory: commune }), known([], { ofTerritory: payer({ siren: '552081317' }) }),
      { outcome: 'refused', code: 'territory_of_another_payer' }],
  ])('%s', (_what, asked, state, expected) => {
    expect(decidePayerRow(asked, state)).toMatchObject(expected);
  });
});
