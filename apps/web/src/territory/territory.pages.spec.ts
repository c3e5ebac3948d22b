import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, EVIL, get, openPages, release, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
});

const page = async (url: string, language = 'en') => {
  const { statusCode, body } = await get(url, { 'accept-language': language });
  expect([statusCode, body.includes(EVIL), body.includes('<script>')]).toEqual([200, false, false]);
  return { body, shown: text(body).replaceAll('\u00A0', ' ') };
};

describe('the page of a territory', () => {
  it('says first how many communes are far from every place, then which, with the files they are known by', async () => {
    const { shown } = await page('/territory');
    for (const words of [
      '1 commune far from every place', 'The nearest accredited place is more than 15 km away', 'of 1 the distance is unknown',
      '26168', '56.4 km', 'neighbour', `imp_${uuid(30)}`, 'Of unknown position: 1.', 'Places of the directory of unknown commune: 3.',
    ]) expect(shown).toContain(words);
    expect(shown.indexOf('26168')).toBeLessThan(shown.indexOf('26037'));
  });

  it('draws a map of its own: nothing of it comes from elsewhere', async () => {
    const { body } = await page('/territory');
    expect(body).toContain('<svg viewBox="0 0 320');
    expect([body.match(/class="map-place"/g)?.length, body.match(/class="map-far"/g)?.length, body.match(/class="map-neighbour"/g)?.length]).toEqual([1, 1, 1]);
    expect(body).not.toMatch(/src="https?:|tile/);
  });

  it('says by area what services came to, what is unknown as unknown, and up to which event', async () => {
    const { shown } = await page('/territory');
    for (const words of ['Services by département', 'Services by EPCI', 'Services by commune', 'unknown', 'up to number 1234']) expect(shown).toContain(words);
  });

  it('says how far targets are reached, and unknown where that is', async () => {
    const { shown } = await page('/territory');
    for (const words of ['commune 26362 120 40', 'département 07 60 unknown', 'version 2']) expect(shown).toContain(words);
  });

  it('says which places reach the range, with its source and the event that says where a place is', async () => {
    const { shown } = await page('/territory');
    for (const words of ['1 of 2 places', 'reach €15,000.00 in 2026, through all programmes; the year is not over', 'within', 'below', `evt_${uuid(31)}`, '(2021, version 1)']) {
      expect(shown).toContain(words);
    }
  });

  it('says what is missing and who would gain, each with a source, and which are our own conclusions', async () => {
    const { shown } = await page('/territory');
    for (const words of ['1 commune with a place and no service in the period (26113)', '5% of what was activated is left', 'Hospital – Telemedicine', 'Banks – Fragile customers', 'Our conclusion, from: A law (2013)']) {
      expect(shown).toContain(words);
    }
  });

  it('shows a payer counts of places and no area, which its role does not see', async () => {
    as('payer', ['payer']);
    answers['GET /audit/areas'] = [403, { code: 'role_missing' }];
    answers['GET /audit/place-earnings'] = [200, { ...(answers['GET /audit/place-earnings']![1] as object), places: null }];
    const { shown } = await page('/territory');
    expect(shown).toContain('1 of 2 places');
    expect(shown).not.toContain('Services by commune');
    expect(shown).toContain('Vouchers unknown Payers unknown');
  });

  it('says by zone where places are and what was rendered there, and what no list names as unknown', async () => {
    const { shown } = await page('/territory');
    for (const words of [
      'Rural communes (classes 5 to 7) 0 0 1 0 0 0 / 0', 'Urban communes (classes 1 to 4) 1 1 0 0 40 1 / 1', 'Unknown density 0 0 0 1 1 0 / 1',
      'Communes with a priority quarter 1 0 0 0 40 1 / 1', 'nobody knows whether they are in it', `imp_${uuid(33)}`,
    ]) expect(shown).toContain(words);
    answers['GET /redemption/zones'] = [503, { code: 'unavailable' }];
    expect((await page('/territory')).shown).toContain('Rural communes (classes 5 to 7) 0 0 1 0 unknown unknown');
    answers['GET /redemption/deserts'] = [200, { ...(answers['GET /redemption/deserts']![1] as object), zoneLists: [] }];
    expect((await page('/territory')).shown).toContain('Unknown: no official list is imported.');
  });

  it('keeps what was chosen, and asks audit for it', async () => {
    const { body } = await page(`/territory?programmeId=prg_${uuid(4)}&from=2026-01&to=2026-06`);
    expect(body).toContain('value="2026-01"');
    expect(asked.filter(({ route }) => route.startsWith('GET /audit/areas'))).toHaveLength(1);
    expect(body).toContain(`/territory/areas.csv?programmeId=prg_${uuid(4)}&amp;from=2026-01&amp;to=2026-06`);
  });

  it('says that a range, or a service, is missing', async () => {
    answers['GET /audit/place-earnings'] = [200, { ...(answers['GET /audit/place-earnings']![1] as object), range: null, bands: null }];
    answers['GET /redemption/deserts'] = [503, { code: 'unavailable' }];
    const { shown } = await page('/territory');
    for (const words of ['Unknown: no range is published.', 'The service did not answer']) expect(shown).toContain(words);
  });
});

describe('the public page of a territory', () => {
  it('shows where places are missing and the signed sums by département, and no place\'s money', async () => {
    const { shown, body } = await page(`/territories/prg_${uuid(4)}`, 'fr');
    for (const words of ['1 commune loin de tout lieu', 'Services par département', 'Ce qui manque, et qui y gagnerait']) expect(shown).toContain(words);
    expect(asked.map(({ route }) => route).filter((route) => /areas|place-earnings/.test(route))).toEqual([]);
    expect(body.length).toBeLessThan(60_000);
  });

  it('sums what months told, and says how many small groups they did not', async () => {
    const content = JSON.parse(release.content) as { programmes: object[] };
    const [programmeId] = [uuid(4)];
    const service = (departement: string, redemptions: number) => (
      { programmeId, departement, service: null, redemptions, amountCents: redemptions * 1_000, places: 1, minutes: null });
    const months = [[service('26', 20), service('07', 11)], [service('26', 30)]].map((services, at) => ({
      ...release, month: `2026-0${5 - at}`, content: JSON.stringify({ ...content, month: `2026-0${5 - at}`, services, programmes: content.programmes.map((one) => ({ ...one, programmeId, hiddenGroups: 2 })) }),
    }));
    answers['GET /audit/open-data/months'] = [200, { items: months }];
    const { shown } = await page(`/territories/prg_${uuid(4)}`);
    for (const words of ['Published months from 2026-04 to 2026-05. At least:', '26 50 €500.00', '07 11 €110.00', `${2 * 2 * content.programmes.length} groups of fewer than eleven people are not shown`]) {
      expect(shown).toContain(words);
    }
  });

  it('tells communes of the signed months on a map with a table beside, and of those that are not told that they are unknown', async () => {
    const { shown, body } = await page(`/territories/prg_${uuid(4)}`);
    for (const words of ['Services by commune', '26362 20 €200.00 1', '42218 12 €120.00 1', '1 time, a commune is not told of a month', 'is unknown, not zero', 'Of unknown position: 1.']) {
      expect(shown).toContain(words);
    }
    expect(body).toContain('<title>26362 : 20 services</title>');
    answers['GET /redemption/deserts'] = [503, { code: 'unavailable' }];
    const { body: without } = await get(`/territories/prg_${uuid(4)}`, { 'accept-language': 'en' });
    expect([text(without).includes('42218'), without.includes('<title>26362')]).toEqual([true, false]);
  });

  it('is missing where the programme is', async () => {
    answers['GET /redemption/deserts'] = [404, { code: 'programme_not_found' }];
    expect((await get(`/territories/prg_${uuid(4)}`)).statusCode).toBe(404);
    expect((await get('/territories/rubbish')).statusCode).toBe(400);
  });
});
