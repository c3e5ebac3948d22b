import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, EVIL, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';
import { wholeOf } from './targets.data.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
});

const draft = { programmeId: `prg_${uuid(4)}`, year: '2026', kind: 'commune', code: '26362', redemptions: '1 400', reason: 'Agreed with the commune' };
const preview = (over: object = {}) => `/territory/targets/preview?${new URLSearchParams({ ...draft, ...over }).toString()}`;
const page = async (url: string, language = 'en') => {
  const { statusCode, body } = await get(url, { 'accept-language': language });
  expect([statusCode, body.includes(EVIL)]).toEqual([200, false]);
  return { body, shown: text(body).replaceAll('\u00A0', ' ') };
};
const posted = () => asked.filter(({ route }) => route === 'POST /audit/territory-targets');

describe('the page of targets', () => {
  it('tells those in force, who set them and when, in both languages', async () => {
    const { shown } = await page('/territory/targets?year=2026');
    for (const words of ['commune 26362 120 40', 'version 2', 'the operator', 'Set a target']) expect(shown).toContain(words);
    expect((await page('/territory/targets', 'fr')).shown).toContain('Fixer un objectif');
  });

  it('has a form for an operator alone', async () => {
    as('payer', ['payer']);
    const { body, shown } = await page('/territory/targets');
    expect([body.includes('/territory/targets/preview'), shown.includes('Set a target')]).toEqual([false, false]);
    expect((await page(preview())).shown).toContain('Only the operator sets a target.');
  });
});

describe('the preview of a target', () => {
  it('shows the difference to the one in force, and sets nothing', async () => {
    const { body, shown } = await page(preview());
    for (const words of ['commune 26362, 2026', 'Services aimed at 120 1,400 (+1,280)', 'Version 2 3', 'Rendered already, at least: 40.']) expect(shown).toContain(words);
    expect(body).toContain('name="previousVersion" value="2"');
    expect(posted()).toEqual([]);
  });

  it('of an area without one says so, and what is rendered there as unknown', async () => {
    const { body, shown } = await page(preview({ code: '26113' }));
    for (const words of ['Services aimed at none 1,400 (+1,400)', 'Version none 1', 'is unknown']) expect(shown).toContain(words);
    expect(body).toContain('name="previousVersion" value="0"');
  });

  it.each([
    ['a code of another kind', { kind: 'epci' }, 'code'], ['no number', { redemptions: 'many' }, 'redemptions'], ['no reason', { reason: 'so' }, 'reason'],
  ])('with %s says what to correct, beside it, and offers nothing to set', async (_, over, name) => {
    const { body, shown } = await page(preview(over));
    expect(shown).toContain('Nothing is set: correct what is marked.');
    expect(body).toMatch(new RegExp(`id="${name}"[^>]*aria-invalid="true"`));
    expect(body).not.toContain('Set this target');
  });
});

describe('a target', () => {
  const confirm = (over: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    post('/territory/targets', { ...draft, key: uuid(77), previousVersion: '2', ...over }, { 'accept-language': 'en', ...headers });

  it('is set once it was looked at, by the version that was seen', async () => {
    const { statusCode, headers } = await confirm();
    expect([statusCode, headers.location]).toEqual([303, `/territory/targets?programmeId=prg_${uuid(4)}&year=2026`]);
    expect(posted()[0]!.body).toEqual({ ...draft, year: 2026, redemptions: 1_400, previousVersion: 2 });
    expect(posted()[0]!.headers['idempotency-key']).toBe(uuid(77));
  });

  it('is of the code that was meant, with spaces and small letters', async () => {
    await confirm({ code: ' 2a 004' });
    await confirm({ kind: 'epci', code: '200 054 781' });
    expect(posted().map(({ body }) => (body as { code: string }).code)).toEqual(['2A004', '200054781']);
  });

  it('of which nobody knows whether it was set says so as an outage', async () => {
    answers['POST /audit/territory-targets'] = [0, {}];
    const { statusCode, body } = await confirm();
    expect([statusCode, text(body).includes('Nothing is set')]).toEqual([503, false]);
    expect(text(body)).toContain('Nobody knows whether it is set');
  });

  it('that somebody set meanwhile is shown with the new difference', async () => {
    answers['POST /audit/territory-targets'] = [409, { code: 'target_changed' }];
    const { statusCode, body } = await confirm({ previousVersion: '1' });
    expect([statusCode, text(body).includes('Somebody has just changed this target'), body.includes('name="previousVersion" value="2"')]).toEqual([409, true, true]);
  });

  it('is not set from another site', async () => {
    expect((await confirm({}, { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    expect(posted()).toEqual([]);
  });
});

describe('a number of services', () => {
  it.each([['1400', 1_400], ['1 400', 1_400], ['1,400', 1_400], ['0', undefined], ['', undefined], ['many', undefined], ['99999999', undefined], ['10.000.000', 10_000_000], ['1\u202F400', 1_400], ['1400,00', undefined], ['1.5', undefined], ['12,50', undefined], ['1,40,0', undefined], ['-5', undefined]])(
    'typed as "%s" is %s', (typed, number) => expect(wholeOf(typed)).toBe(number));
});
