// The receipt of a voucher for whoever holds it, against a redemption that answers what a case tells it to.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, asked, closePages, EVIL, logged, openPages, pagesApp, post, resetPages, text, usedVoucher } from '../../../../test/builders/pages.js';

const CODE = 'DWVA-0RNJ-GS6M-7FVS-09';
const RECEIPTS = 'POST /redemption/voucher-receipts';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const french = { 'accept-language': 'fr' };
const ask = (code = CODE, path = '/receipt') => post(path, { code }, french);

describe('the receipt of a voucher', () => {
  it('is asked for with a form that needs no script, which asks the services nothing', async () => {
    const { body } = await pagesApp().inject({ url: '/receipt' });
    expect(body).toMatch(/<form method="post" action="\/receipt"/);
    expect(asked).toEqual([]);
  });

  it('says place, service, day, amount and what is left, and never the code', async () => {
    const { statusCode, body, headers } = await ask();
    expect([statusCode, asked]).toMatchObject([200, [{ route: RECEIPTS, body: { code: CODE }, headers: { 'x-forwarded-for': '127.0.0.1' } }]]);
    expect(asked[0]!.headers.authorization).toBeUndefined();
    for (const secret of [CODE, CODE.replaceAll('-', '')]) expect([body, ...logged, JSON.stringify(headers)].join()).not.toContain(secret);
    const shown = text(body).replaceAll('\u00A0', ' ');
    for (const words of ['7,00 €', '24 novembre 2026', 'Payé en plus 2,00 €', 'Il reste 3,00 €', usedVoucher.redemptionId]) expect(shown).toContain(words);
    expect(body).not.toContain(EVIL);
    expect(body).not.toContain('<form');
  });

  it('is in large print where that is asked for with the code, and stays so', async () => {
    const { body, headers } = await ask(CODE, '/receipt?large=1');
    expect([body.includes('class="large"'), headers['set-cookie']]).toEqual([true, expect.stringContaining('mereau.large=1')]);
  });

  it.each([
    ['nothing is left', { state: 'used', availableCents: 0, leftAfterCents: 0 }, 'Il ne reste rien sur ce chèque.'],
    ['what was left cannot be used any more', { state: 'expired', availableCents: 0 }, 'Il restait 3,00 €'],
    ['it was taken back', { undoneOn: '2026-11-25', availableCents: 1_000 }, 'Le 25 novembre 2026, le chèque a retrouvé ces 7,00 €'],
  ])('says where %s', async (_, over, sentence) => {
    answers[RECEIPTS] = [200, { ...usedVoucher, ...over }];
    expect(text((await ask()).body).replaceAll('\u00A0', ' ')).toContain(sentence);
  });

  it.each<[string, [number, unknown], number, string]>([
    ['unknown', [404, { code: 'voucher_not_found' }], 404, 'n’est pas encore actif'], ['not used yet', [409, { code: 'voucher_without_use' }], 409, 'n’a pas encore servi'],
    ['asked for too often', [429, { code: 'too_many_questions', details: { retryAfterSeconds: 61 } }], 429, 'Attendez 2 min'], ['away', [0, undefined], 503, 'Réessayez'],
  ])('says what to do when it is %s', async (_, answer, status, sentence) => {
    answers[RECEIPTS] = answer;
    const { statusCode, body } = await ask();
    expect([statusCode, text(body)]).toEqual([status, expect.stringContaining(sentence)]);
  });

  it('names a wrong character, asks nothing, and takes no form from elsewhere', async () => {
    const { statusCode, body } = await ask('DWVA-0R!J');
    expect([statusCode, body.includes('value="DWVA-0R"')]).toEqual([400, true]);
    expect((await post('/receipt', { code: CODE }, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect(asked).toEqual([]);
  });
});
