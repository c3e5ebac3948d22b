// The pages of people without an account, against services that answer what a case tells them to.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  answers, as, asked, closePages, EVIL, get, heldVoucher, logged, lossReport, openPages, pagesApp, placeToGo, post, resetPages, text, uuid,
} from '../../../../test/builders/pages.js';

const CODE = 'DWVA-0RNJ-GS6M-7FVS-09';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const lookUp = (code = CODE) => post('/v', { code }, { 'accept-language': 'fr' });

describe('the page of a voucher', () => {
  it('is complete without a script, asks the services nothing, and has a script that sends the form and nothing else', async () => {
    const { body } = await pagesApp().inject({ url: '/v' });
    expect(body).toMatch(/<form method="post" action="\/v"/);
    expect(asked).toEqual([]);
    const script = (await pagesApp().inject({ url: '/assets/voucher.js' })).body;
    expect(script).not.toMatch(/fetch|XMLHttpRequest|sendBeacon|WebSocket|innerHTML|\.src\b|localStorage|cookie/);
  });

  it('asks redemption in a body, for whoever sits there, and never says the code again', async () => {
    const { statusCode, body, headers } = await lookUp();
    expect([statusCode, asked]).toMatchObject([200, [{ route: 'POST /redemption/voucher-look-ups', body: { code: CODE }, headers: { 'x-forwarded-for': '127.0.0.1' } }]]);
    expect(asked[0]!.headers.authorization).toBeUndefined();
    for (const secret of [CODE, CODE.replaceAll('-', '')]) expect([body, ...logged, JSON.stringify(headers)].join()).not.toContain(secret);
    expect(text(body)).toMatch(/Vous pouvez l’utiliser\s+10,00\u00A0€|Vous pouvez l’utiliser 10,00 €/);
    expect(body).not.toContain(EVIL);
  });

  it.each([
    ['used', { usedOn: '2026-11-24' }, 'Il a servi le 24 novembre 2026'],
    ['stopped', { stoppedOn: '2026-11-20' }, 'Il a été arrêté le 20 novembre 2026'],
    ['expired', { usableUntil: '2026-10-31' }, 'au plus tard le 31 octobre 2026'],
    ['held', {}, 'Attendez une demi-heure'],
    ['frozen', {}, 'Son paiement est contesté'],
  ])('says of one that is %s why, and what to do', async (state, over, sentence) => {
    answers['POST /redemption/voucher-look-ups'] = [200, { ...heldVoucher, availableCents: 0, state, ...over }];
    const shown = text((await lookUp()).body);
    expect(shown).toContain(sentence);
    expect(shown).not.toContain('Vous pouvez');
  });

  it('warns when a month or less is left', async () => {
    const soon = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    answers['POST /redemption/voucher-look-ups'] = [200, { ...heldVoucher, usableUntil: soon }];
    expect(text((await lookUp()).body)).toMatch(/Il reste 1[01] jours/);
  });

  it.each<[string, [number, unknown], number, string]>([
    ['unknown', [404, { code: 'voucher_not_found' }], 404, 'n’est pas encore actif'],
    ['too many', [429, { code: 'too_many_questions', details: { retryAfterSeconds: 61 } }], 429, 'Attendez 2 min'],
    ['away', [0, undefined], 503, 'Rien n’a été fait'],
  ])('says what to do when it is %s', async (_, answer, status, sentence) => {
    answers['POST /redemption/voucher-look-ups'] = answer;
    const { statusCode, body } = await lookUp();
    expect([statusCode, text(body)]).toEqual([status, expect.stringContaining(sentence)]);
  });

  it('names a wrong character, keeps what stands before it, and asks nothing', async () => {
    const { statusCode, body } = await lookUp('DWVA-0R!J');
    expect([statusCode, asked]).toEqual([400, []]);
    expect(body).toContain('value="DWVA-0R"');
    expect(text(body)).toContain('Le caractère n° 7 ne va pas');
  });

  it('takes no form from elsewhere', async () => {
    for (const path of ['/v', '/lost', '/lost/number']) {
      expect((await post(path, { code: CODE, reason: 'lost', number: 'A' }, { origin: 'https://evil.example' })).statusCode).toBe(403);
    }
    expect(asked).toEqual([]);
  });
});

describe('a loss', () => {
  it('is stopped with the code, and answered with the serial to quote', async () => {
    const { body } = await post('/lost', { code: CODE, reason: 'stolen' });
    expect(asked).toMatchObject([{ route: 'POST /redemption/lost-vouchers', body: { code: CODE, reason: 'stolen' } }]);
    expect(text(body)).toContain('ABCDEFGH-1234567-X');
    expect(body).not.toContain(CODE);
  });

  it.each<[string, [number, unknown], string]>([
    ['used', [409, { code: 'voucher_used', details: { usedOn: '2026-11-24' } }], 'déjà servi, le 24 novembre 2026'],
    ['not found', [404, { code: 'voucher_not_found' }], 'Rien n’a été arrêté'],
  ])('says that nothing was stopped of one that is %s', async (_, answer, sentence) => {
    answers['POST /redemption/lost-vouchers'] = answer;
    expect(text((await post('/lost', { code: CODE, reason: 'lost' }, { 'accept-language': 'fr' })).body)).toContain(sentence);
  });

  it('is reported with a number, which is asked for again when it is misread', async () => {
    expect(text((await post('/lost/number', { number: 'ABCDEFGH-B000001-X' })).body)).toContain(lossReport.reference);
    answers['POST /redemption/loss-reports'] = [400, { code: 'request_malformed', errors: [{ path: 'number', message: 'no' }] }];
    const { statusCode, body } = await post('/lost/number', { number: EVIL });
    expect([statusCode, body.includes('id="number-wrong"'), body.includes(EVIL)]).toEqual([400, true, false]);
  });

  it('waits on the page of the distributor, who stops it or leaves it', async () => {
    as('distributor', ['distributor']);
    const { body } = await get('/home', { 'accept-language': 'fr' });
    expect(text(body)).toContain('Carnet de 5 chèques ABCDEFGH-B000001-X');
    const done = await post(`/losses/${lossReport.reportId}`, { key: uuid(20), outcome: 'stopped' });
    expect([done.statusCode, done.headers['location']]).toEqual([303, '/home']);
    expect(asked.at(-1)).toMatchObject({ body: { outcome: 'stopped' }, headers: { 'idempotency-key': uuid(20) } });
    answers[`POST /redemption/loss-reports/${lossReport.reportId}/answers`] = [409, { code: 'range_not_held' }];
    const refused = await post(`/losses/${lossReport.reportId}`, { key: uuid(21), outcome: 'stopped' }, { 'accept-language': 'fr' });
    expect([refused.statusCode, text(refused.body)]).toEqual([409, expect.stringContaining('Ces chèques ne sont plus à vous')]);
  });
});

describe('a place to go to', () => {
  it('is shown with its way in, and no address that a browser would run', async () => {
    const { body } = await get('/places?where=Saint-%C3%89tienne', { 'accept-language': 'fr' });
    expect(asked[0]!.route).toBe('GET /redemption/accredited-places');
    expect(text(body)).toContain('2,1 km');
    expect(body).toContain('href="tel:+33477000001"');
    expect(body).not.toContain('javascript:');
    expect(body).not.toContain(EVIL);
  });

  it('is on a map with the number of the list, and twenty of them are a page of 30 kB at most, without a script', async () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ ...placeToGo, latitude: 45 + at / 50, longitude: 4 - at / 90 }));
    answers['GET /redemption/accredited-places'] = [200, { items: [...many.slice(1), { ...placeToGo, latitude: null, longitude: null }] }];
    const { body } = await get('/places?where=Saint-Étienne', { 'accept-language': 'en' });
    expect(body.match(/class="map-number"/g)).toHaveLength(19);
    expect(text(body)).toContain('Of unknown position: 1.');
    expect([body.length <= 30_000, body.includes('<script')]).toEqual([true, false]);
  });

  it('is missing where there is none, with what to do', async () => {
    answers['GET /redemption/accredited-places'] = [200, { items: [] }];
    expect(text((await get('/places?where=Brest', { 'accept-language': 'fr' })).body)).toContain('Aucun lieu à moins de 20 km de « Brest »');
  });

  it('says the text of hours that only people can read', async () => {
    answers['GET /redemption/accredited-places'] = [200, { items: [{ ...placeToGo, openingHours: { ...placeToGo.openingHours, state: null, text: 'le mardi' } }] }];
    expect(text((await get('/places', { 'accept-language': 'fr' })).body)).toContain('Horaires : le mardi');
  });
});

describe('large print', () => {
  it('is asked for at the foot of a page, and stays until it is ended', async () => {
    const first = await pagesApp().inject({ url: '/help?large=1' });
    expect([first.body.includes('class="large"'), first.headers['set-cookie']]).toEqual([true, expect.stringContaining('mereau.large=1')]);
    expect((await pagesApp().inject({ url: '/v', headers: { cookie: 'mereau.large=1' } })).body).toContain('class="large"');
    const ended = await pagesApp().inject({ url: '/v?large=0', headers: { cookie: 'mereau.large=1' } });
    expect([ended.body.includes('class="large"'), ended.headers['set-cookie']]).toEqual([false, expect.stringContaining('mereau.large=0')]);
  });
});
