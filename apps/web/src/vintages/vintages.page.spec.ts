// Vouchers that end: what is to be signed, that exactly what was read is signed, and what is said where it is not taken.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid, vintage } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('payer', ['payer']);
});

const PATH = `/vintages/${vintage.programmeId}/2026-12-31/fifteen_days`;
const page = async (url: string) => text((await get(url, { 'accept-language': 'en' })).body);
const answerVintage = (...items: object[]) => { answers['GET /issuance/vintages'] = [200, { items: items.map((more) => ({ ...vintage, ...more })), nextCursor: null }]; };

describe('the ends of vouchers', () => {
  it('are counted by what is to be signed, with what is left', async () => {
    answerVintage({}, { step: 'thirty_days', state: 'told', sha256: '' }, { step: 'seven_days', state: 'signed' });
    const shown = await page('/vintages');
    expect(shown).toContain('1 step to sign');
    expect(shown).toMatch(/15 days before 16 Dec 2026 To sign €100\.00 .*30 days before .* Told .*7 days before .* Signed/);
  });

  it('say what will be here where nothing ends', async () => {
    answerVintage();
    expect(await page('/vintages')).toContain('Nothing ends within thirty days.');
  });

  it('show the figures that are signed, and what follows', async () => {
    const shown = await page(PATH);
    for (const words of ['€100.00 are left on the vouchers usable until 31 Dec 2026.', '12 8 4 2 €100.00', 'distributors are told to stop', 'Sign for €100.00']) expect(shown).toContain(words);
  });

  it('are not signed where the figures cannot be read, or nothing is to be signed', async () => {
    answerVintage({ figures: '{"batches":[{}]}' });
    expect(await page(PATH)).not.toContain('Sign for');
    answerVintage({ state: 'signed' });
    expect(await page(PATH)).not.toContain('Sign for');
  });

  it('are not there for others', async () => {
    answerVintage();
    expect((await get(PATH)).statusCode).toBe(404);
  });
});

describe('signing', () => {
  const SIGN = 'POST /issuance/vintage-sign-offs';
  const sign = () => post(PATH, { key: uuid(30), sha256: vintage.sha256 }, { 'accept-language': 'en' });

  it('signs the digest of what was shown, once', async () => {
    answers[SIGN] = [201, {}];
    expect((await sign()).headers.location).toBe(PATH);
    expect(asked.find(({ route }) => route === SIGN)).toMatchObject({
      headers: { 'idempotency-key': uuid(30) },
      body: { programmeId: vintage.programmeId, usableUntil: '2026-12-31', step: 'fifteen_days', sha256: vintage.sha256 },
    });
  });

  it('says that the figures changed, and shows the new ones', async () => {
    answers[SIGN] = [409, { code: 'vintage_hash_differs' }];
    answerVintage({ sha256: 'cd'.repeat(32) });
    const { statusCode, body } = await sign();
    expect([statusCode, text(body)]).toEqual([409, expect.stringContaining('The figures changed since you read them.')]);
    expect(body).toContain(`name="sha256" value="${'cd'.repeat(32)}"`);
  });
});
