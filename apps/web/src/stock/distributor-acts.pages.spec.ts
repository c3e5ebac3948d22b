// Lists of hand-overs, stops and replacements, and stock that leaves otherwise: what the forms send and what is said before.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, asked, closePages, delivery, EVIL, get, openPages, post, resetPages, text, tokenOf, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
const own = { partyId: delivery.distributorId };
beforeEach(() => {
  resetPages();
  const token = tokenOf('distributor', ['distributor']);
  answers['POST /identity/tokens'] = [200, { ...token, membership: { ...token.membership, ...own }, memberships: [{ ...token.membership, ...own }] }];
});

const KEY = uuid(10);
const BATCH = `bat_${uuid(9)}`;
const SERIAL = '7K3M9Q2T-B000003-1';
const sent = (route: string) => asked.find((each) => each.route === route);

describe('a list of hand-overs', () => {
  const LIST = 'serial;commune\n7K3M9Q2T-B000003-1;69266\nwrong;1\n';
  const IMPORT = `imp_${uuid(30)}`;
  const fault = { row: 2, line: 3, externalId: `=1+1 ${EVIL}`, outcome: 'refused', code: 'serial_wrong', fields: [] };
  const trial = { read: 3, imported: 1, unchanged: 1, refused: 1, takenBefore: null, rows: [fault, { ...fault, outcome: 'unchanged', code: 'handed_over_before' }] };
  beforeEach(() => { answers['POST /issuance/hand-over-files/trials'] = [200, trial]; });

  it('is tried first: what is ready, what to mend and why, and nothing is done', async () => {
    const page = await post('/hand-over/list/check', { list: LIST });
    expect(text(page.body)).toMatch(/1.ligne à remettre, sur 3.lignes lues\. Rien n’est encore fait\. Prêtes 1 À corriger 1 Déjà faites 1/);
    expect(text(page.body)).toContain('Ce n’est pas un numéro, ou un signe est faux.');
    expect(page.body).not.toContain(EVIL);
    expect(page.body.match(/button filled/g)).toHaveLength(1);
    expect(sent('POST /issuance/hand-over-files/trials')).toMatchObject({ text: LIST, headers: { 'content-type': 'text/csv; charset=utf-8' } });
    expect(sent('POST /issuance/hand-over-files')).toBeUndefined();
  });

  it('gives what is to mend as a file that no spreadsheet runs', async () => {
    const { headers, body } = await post('/hand-over/list/faults.csv', { list: LIST });
    expect(headers['content-type']).toContain('text/csv');
    expect(body).toContain('Ligne;Numéro;Pourquoi');
    expect(body).toContain('Ce n’est pas un numéro');
    expect(body).not.toMatch(/(^|;)"?=1\+1/m);
    expect(body).not.toContain('Déjà remis');
  });

  it('is then taken with its key, and told row by row', async () => {
    const taken = { importId: IMPORT, read: 3, imported: 1, unchanged: 1, refused: 1, finishedAt: '2026-11-24T13:32:00.000Z' };
    answers['POST /issuance/hand-over-files'] = [201, taken];
    answers[`GET /issuance/hand-over-files/${IMPORT}`] = [200, taken];
    answers[`GET /issuance/hand-over-files/${IMPORT}/rows`] = [200, { items: [fault], nextCursor: null }];
    const { headers } = await post('/hand-over/list', { key: KEY, list: LIST });
    expect(headers.location).toBe(`/hand-over/list/${IMPORT}`);
    expect(sent('POST /issuance/hand-over-files')).toMatchObject({ text: LIST, headers: { 'idempotency-key': KEY } });
    expect(text((await get(String(headers.location))).body)).toMatch(/1.ligne Remises faites, sur 3.lignes/);
    expect((await get(`${headers.location}/faults.csv`)).body).toContain('Ce n’est pas un numéro');
  });

  it('that cannot be read says why and stands in the form still', async () => {
    answers['POST /issuance/hand-over-files/trials'] = [400, { code: 'table_columns_missing' }];
    const page = await post('/hand-over/list/check', { list: 'numero\n1\n' });
    expect(text(page.body)).toContain('Il manque la colonne');
    expect(page.body).toContain('numero\n1');
  });

  it('with a secret code in it goes nowhere', async () => {
    const page = await post('/hand-over/list/check', { list: 'serial\n7K3M-9Q2T-XB4C-0000-ZZ\n' });
    expect([page.statusCode, sent('POST /issuance/hand-over-files/trials')]).toEqual([400, undefined]);
    expect(page.body).not.toContain('XB4C');
  });
});

describe('a voucher by its number', () => {
  const which = { key: KEY, serial: SERIAL, batchId: BATCH, first: '20', last: '29' };

  it('is found, and what a stop does is said before its button', async () => {
    const shown = text((await get(`/vouchers?serial=${SERIAL}`)).body);
    expect(shown).toMatch(/Remis 10.chèques · depuis le 24 nov\. 2026/);
    expect(shown).toMatch(/dès maintenant et sans retour.*Arrêter 10.chèques/);
  });

  it('is stopped, and may then be replaced within the quota', async () => {
    answers['POST /redemption/stops'] = [201, {}];
    const { headers } = await post('/vouchers/stop', { ...which, reason: 'stolen' });
    expect(sent('POST /redemption/stops')).toMatchObject({ body: { batchId: BATCH, first: 20, last: 29, reason: 'stolen' }, headers: { 'idempotency-key': KEY } });
    const shown = text((await get(String(headers.location))).body);
    expect(shown).toMatch(/Arrêté : aucun lieu ne le prend plus\..*encore remplacer 15.chèques sur 20/);
  });

  it.each([
    ['replace-from-stock', { given: '7K3M9Q2T-B000004-2' }, 'stock-replacements', { first: 20, last: 29, given: { serial: '7K3M9Q2T-B000004-2' } }],
    ['replace', {}, 'replacements', { first: 20, last: 29 }],
  ])('is replaced by %s, or refused in words', async (page, more, route, body) => {
    answers[`POST /issuance/batches/${BATCH}/${route}`] = [201, {}];
    expect((await post(`/vouchers/${page}`, { ...which, ...more })).headers.location).toContain('done=replaced');
    expect(sent(`POST /issuance/batches/${BATCH}/${route}`)?.body).toEqual(body);
    answers[`POST /issuance/batches/${BATCH}/${route}`] = [409, { code: 'replacement_quota_exceeded' }];
    expect(text((await post(`/vouchers/${page}`, { ...which, ...more })).body)).toContain('l’opérateur les remplace');
  });

  it('that never passed through is not found; a secret code is not looked for', async () => {
    answers['GET /issuance/whereabouts'] = [404, { code: 'voucher_not_found' }];
    expect(text((await get(`/vouchers?serial=${SERIAL}`)).body)).toContain('n’est passé par vous');
    asked.length = 0;
    const page = await get('/vouchers?serial=7K3M-9Q2T-XB4C-0000-ZZ');
    expect([sent('GET /issuance/whereabouts'), page.statusCode]).toEqual([undefined, 400]);
  });
});

describe('stock that leaves otherwise', () => {
  const booklets = { key: KEY, batchId: BATCH, first: '1', last: '2' };

  it.each([
    ['operator', '', { kind: 'operator' }], [`agt_${uuid(22)}`, '', { kind: 'agent', agentId: `agt_${uuid(22)}` }],
    ['distributor', `dst_${uuid(40)}`, { kind: 'distributor', distributorId: `dst_${uuid(40)}` }],
  ])('is sent to %s', async (to, distributorId, goal) => {
    answers['POST /issuance/transfers'] = [201, {}];
    const { headers } = await post('/send-stock', { ...booklets, to, distributorId, fromAgentId: '' });
    expect([headers.location, sent('POST /issuance/transfers')?.body]).toEqual(['/deliveries', { batchId: BATCH, booklets: { first: 1, last: 2 }, to: goal }]);
  });

  it('is not sent nowhere, and what was typed stays', async () => {
    const page = await post('/send-stock', { ...booklets, last: '7', to: 'distributor', distributorId: '', fromAgentId: '' });
    expect(text(page.body)).toContain('Dites où vous les envoyez.');
    expect(page.body).toContain('value="7"');
    expect(sent('POST /issuance/transfers')).toBeUndefined();
  });

  it('is noted as lost', async () => {
    answers['POST /issuance/stock-losses'] = [201, {}];
    expect((await post('/lost-stock', { ...booklets, reason: 'stolen' })).headers.location).toBe('/stock');
    expect(sent('POST /issuance/stock-losses')?.body).toEqual({ batchId: BATCH, booklets: { first: 1, last: 2 }, reason: 'stolen' });
  });

  it('goes to desks that have names of their own', async () => {
    answers['POST /issuance/agents'] = [409, { code: 'agent_exists' }];
    const page = await post('/desks', { key: KEY, name: 'Accueil Vaise' });
    expect(text(page.body)).toContain('porte déjà ce nom');
    expect(page.body).toContain('value="Accueil Vaise"');
  });
});

it('what was never used is counted first, and no other number of days is taken', async () => {
  expect(text((await get('/follow-up?days=7')).body)).toMatch(/14.carnets remis il y a plus de 60 jours, et jamais utilisés/);
});
