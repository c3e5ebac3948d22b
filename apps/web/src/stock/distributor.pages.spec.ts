// The portal of a distributor: every page in both languages, what its forms send, and what stands beside them when a service refuses.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  answers, asked, closePages, delivery, EVIL, get, handOver, logged, openPages, post, resetPages, text, tokenOf, uuid,
} from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
const own = { partyId: delivery.distributorId };
beforeEach(() => {
  resetPages();
  const token = tokenOf('distributor', ['distributor']);
  answers['POST /identity/tokens'] = [200, { ...token, membership: { ...token.membership, ...own }, memberships: [{ ...token.membership, ...own }] }];
});

const KEY = uuid(10);
const sent = (route: string) => asked.find((each) => each.route === route);
const around = { inseeCode: '', publicCategory: '', agentId: '' };
const refuse = (route: string, code: string, status = 409) => { answers[route] = [status, { code }]; };

describe.each([
  '/home', '/stock', '/deliveries', '/hand-over', `/hand-over?done=${handOver.handOverId}&ends=2026-12-15&stop=1`,
  '/hand-overs', '/hand-over/list',
  '/vouchers', '/vouchers?serial=7K3M9Q2T-B000003-1', '/send-stock', '/lost-stock', '/desks', '/follow-up', '/follow-up?days=30',
])('the page %s', (url) => {
  it('is whole in French and in English, with one h1, one filled button at most, and nothing unescaped', async () => {
    const pages = await Promise.all(['fr', 'en'].map((language) => get(url, { 'accept-language': language })));
    for (const { statusCode, body } of pages) {
      expect(statusCode).toBe(200);
      expect(body.match(/<h1[ >]/g)).toHaveLength(1);
      expect((body.match(/button filled/g) ?? []).length).toBeLessThanOrEqual(1);
      expect(body).not.toContain(EVIL);
      expect(body).not.toMatch(/undefined|\[object|NaN|style=|\son\w+=/);
    }
    expect(text(pages[0]!.body)).not.toBe(text(pages[1]!.body));
    expect(logged).toEqual([]);
  });
});

describe('the stock', () => {
  it('says first what it is worth, then what is under way', async () => {
    const shown = text((await get('/home')).body);
    expect(shown).toMatch(/700,00.€ en stock : 7.carnets, 70.chèques/);
    expect(shown).toMatch(/30.chèques en chemin\. Comptez à l’arrivée/);
  });

  it('warns of what ends soon', async () => {
    const { items: [row] } = answers['GET /issuance/stock']![1] as { items: object[] };
    answers['GET /issuance/stock'] = [200, { items: [{ ...row, usableUntil: '2020-01-31' }], nextCursor: null }];
    expect(text((await get('/home')).body)).toMatch(/Lot 7K3M9Q2T : plus aucun service depuis le 31 janv\. 2020/);
  });
});

describe('a delivery', () => {
  const route = `POST /issuance/deliveries/${delivery.deliveryId}/receipts`;

  it('is confirmed whole, or only the booklets that were counted', async () => {
    answers[route] = [201, {}];
    expect((await post(`/deliveries/${delivery.deliveryId}/receipt`, { key: KEY })).headers.location).toBe('/deliveries');
    expect(sent(route)).toMatchObject({ body: {}, headers: { 'idempotency-key': KEY } });
    asked.length = 0;
    await post(`/deliveries/${delivery.deliveryId}/receipt`, { key: KEY, first: '1', last: '2' });
    expect(sent(route)?.body).toEqual({ ranges: [{ booklets: { first: 1, last: 2 } }] });
  });

  it.each([['2', '1'], ['x', '3']])('is not confirmed from %s to %s, which stand in the form still', async (first, last) => {
    const page = await post(`/deliveries/${delivery.deliveryId}/receipt`, { key: KEY, first, last });
    expect([page.statusCode, sent(route)]).toEqual([400, undefined]);
    expect(text(page.body)).toContain('dans cet ordre');
    expect(page.body).toContain(`value="${first}"`);
  });

  it('of another distributor is not to be confirmed here', async () => {
    answers['GET /issuance/deliveries'] = [200, { items: [{ ...delivery, distributorId: `dst_${uuid(77)}` }, { ...delivery, kind: 'return' }], nextCursor: null }];
    expect(text((await get('/deliveries')).body)).toContain('Rien n’est à confirmer.');
  });
});

describe('a hand-over', () => {
  it('is of one number, and comes back with what was handed over', async () => {
    answers['POST /issuance/hand-overs'] = [201, { handOvers: [handOver], ending: [{ usableUntil: '2026-12-15', stop: true }] }];
    const { headers } = await post('/hand-over', { key: KEY, serial: '7k3m9q2t-b000003-1', ...around, inseeCode: '2a004' });
    expect(headers.location).toBe(`/hand-over?done=${handOver.handOverId}&ends=2026-12-15&stop=1`);
    expect(sent('POST /issuance/hand-overs')).toMatchObject({ headers: { 'idempotency-key': KEY }, body: { handOvers: [{ serial: '7k3m9q2t-b000003-1', inseeCode: '2A004' }] } });
    const shown = text((await get(String(headers.location))).body);
    expect(shown).toContain('Remis : carnet n° 3.');
    expect(shown).toContain('demandent de ne plus remettre');
  });

  it('never sends the secret code on, nor shows it again', async () => {
    const page = await post('/hand-over', { key: KEY, serial: '7K3M-9Q2T-XB4C-0000-ZZ', ...around });
    expect([page.statusCode, sent('POST /issuance/hand-overs')]).toEqual([400, undefined]);
    expect(page.body).not.toContain('XB4C');
  });

  it('of several booklets is shown with its worth before it is done', async () => {
    const range = { key: KEY, batchId: `bat_${uuid(9)}`, first: '4', last: '6', ...around };
    const check = await post('/hand-over/range/check', range);
    expect(text(check.body)).toMatch(/300,00.€ en 30.chèques : lot 7K3M9Q2T, carnets n° 4 à 6\. Rien n’est encore fait/);
    expect(sent('POST /issuance/hand-overs')).toBeUndefined();
    answers['POST /issuance/hand-overs'] = [201, { handOvers: [handOver], ending: [] }];
    await post('/hand-over/range', range);
    expect(sent('POST /issuance/hand-overs')?.body).toEqual({ handOvers: [{ batchId: range.batchId, booklets: { first: 4, last: 6 } }] });
  });

  it('that is refused says why and keeps what was typed; without an answer it keeps its key too', async () => {
    refuse('POST /issuance/hand-overs', 'range_not_in_stock');
    const page = await post('/hand-over', { key: KEY, serial: '7K3M9Q2T-B000003-1', ...around, publicCategory: 'seniors' });
    expect(text(page.body)).toContain('n’est pas dans votre stock');
    for (const kept of ['7K3M9Q2T-B000003-1', 'value="seniors" selected']) expect(page.body).toContain(kept);
    expect(page.body).not.toContain(KEY);
    answers['POST /issuance/hand-overs'] = [0, {}];
    const unknown = await post('/hand-over', { key: KEY, serial: '7K3M9Q2T-B000003-1', ...around });
    expect(text(unknown.body)).toContain('rien ne sera fait deux fois');
    expect(unknown.body).toContain(KEY);
  });

  it('is taken back from the list', async () => {
    const route = `POST /issuance/hand-overs/${handOver.handOverId}/returns`;
    answers[route] = [201, {}];
    expect((await post(`/hand-overs/${handOver.handOverId}/return`, { key: KEY })).headers.location).toBe('/hand-overs');
    refuse(route, 'hand_over_returned');
    expect(text((await post(`/hand-overs/${handOver.handOverId}/return`, { key: KEY })).body)).toContain('déjà reprise');
  });
});
