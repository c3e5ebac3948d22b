// The page of a list and its files, by the one of redemptions: what the address says is what is asked, shown and taken away.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, resetPages, text } from '../../../../test/builders/pages.js';
import { csvOf, IncompleteExport, itemsOf } from './list-export.js';
import { ListAddress } from './list-address.js';
import { redemptionsList } from './redemptions.list.js';

// The library of workbooks is loaded by whoever asks first.
jest.setTimeout(30_000);
beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('place', ['till']);
});

const english = { 'accept-language': 'en' };
const HISTORY = 'GET /redemption/redemptions/history';
const address = (question: string) => ListAddress.of(redemptionsList, `/redemptions?${question}`);
const questionOf = (question: string) => Object.fromEntries(address(question).question(50));

describe('the address of a list', () => {
  it('becomes what the service is asked, with euros as cents and nothing that the list does not know', () => {
    expect(questionOf('amountCentsFrom=12,5&state=undone&state=redeemed&sort=-amountCents&colour=red&columns=state&programmeName=+'))
      .toEqual({ limit: '50', totals: 'true', amountCentsFrom: '1250', state: 'undone,redeemed', sort: '-amountCents' });
    expect(questionOf('amountCentsFrom=a%20lot')).toMatchObject({ amountCentsFrom: 'a lot' });
  });

  it('changes in part and goes back to the first page, and loses a filter whole', () => {
    const here = address('redeemedAtFrom=2026-01-01&redeemedAtTo=2026-01-31&state=undone&cursor=abc&columns=state,receipt');
    expect(here.with({ sort: 'state' })).toBe('/redemptions?columns=state%2Creceipt&redeemedAtFrom=2026-01-01&redeemedAtTo=2026-01-31&state=undone&sort=state');
    expect(here.filtered.map(({ filter, without }) => [filter.name, without])).toEqual([
      ['redeemedAt', '/redemptions?columns=state%2Creceipt&state=undone'],
      ['state', '/redemptions?columns=state%2Creceipt&redeemedAtFrom=2026-01-01&redeemedAtTo=2026-01-31'],
    ]);
    expect(here.columns.map(({ name }) => name)).toEqual(['receipt', 'state']);
  });
});

describe('the page of a list', () => {
  it('shows rows, count and sum, the filters that are set, and the way to its files', async () => {
    const { body } = await get('/redemptions?state=undone&sort=-amountCents', english);
    const shown = text(body);
    for (const words of ['€12.50', '2 redemptions', 'State: Undone', 'Redeemed', '24 Nov 2026']) expect(shown.replaceAll('\u00A0', ' ')).toContain(words);
    expect(body).toContain('href="/redemptions.csv?sort=-amountCents&amp;state=undone"');
    expect(body).toContain('aria-sort="descending"');
    expect(body).toContain('href="/redemptions?lang=fr&amp;state=undone&amp;sort=-amountCents"');
  });

  it('goes on where the service says so', async () => {
    answers[HISTORY] = [200, { ...(answers[HISTORY]![1] as object), nextCursor: 'further' }];
    expect((await get('/redemptions?state=undone')).body).toContain('href="/redemptions?state=undone&amp;cursor=further"');
  });

  it('says what will be here, or that the filters leave nothing', async () => {
    answers[HISTORY] = [200, { items: [], nextCursor: null, totals: { count: 0, sums: { keptCents: 0 } } }];
    expect(text((await get('/redemptions', english)).body)).toContain('Here you will read what you redeemed.');
    expect(text((await get('/redemptions?state=undone', english)).body)).toContain('Nothing for these filters. Clear the filters');
  });

  it('keeps what was typed where the service refuses a filter, and names it', async () => {
    answers[HISTORY] = [400, { code: 'request_malformed', errors: [{ path: 'amountCentsFrom', message: 'expected a whole number' }] }];
    const { body } = await get('/redemptions?amountCentsFrom=lots', english);
    expect(text(body)).toContain('A filter is not of the expected form. Correct or clear it. amountCentsFrom');
    expect(body).toContain('value="lots"');
  });
});

describe('the files of a list', () => {
  it('are what is filtered, in its columns, and run nothing in a spreadsheet', async () => {
    const { body, headers } = await get('/redemptions.csv?state=undone&columns=programmeName,state,amountCents', english);
    expect(body).toBe('\uFEFFProgramme;State;Amount\r\n"Cap <script>alert(""é"")</script>";Redeemed;12.50\r\n\'=1+1;Undone;7.50\r\n');
    expect(headers['content-disposition']).toBe('attachment; filename="redemptions.csv"');
    expect(asked.filter(({ route }) => route === HISTORY)).toHaveLength(1);
    const workbook = await get('/redemptions.xlsx', english);
    expect([workbook.statusCode, workbook.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  });

  it('are a page that says so where the service is away', async () => {
    answers[HISTORY] = [503, { code: 'unavailable' }];
    const { statusCode, headers } = await get('/redemptions.csv');
    expect([statusCode, headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
  });

  it('hold page after page, and end in a fault where one is missing', async () => {
    const page = (...items: string[]) => ({ items, nextCursor: null, totals: null });
    const all: string[] = [];
    for await (const item of itemsOf({ ...page('a', 'b'), nextCursor: '1' }, async (cursor) => ({ ok: true, value: cursor === '1' ? { ...page('c'), nextCursor: '2' } : page('d') }))) all.push(item);
    expect(all).toEqual(['a', 'b', 'c', 'd']);
    const broken = itemsOf({ ...page('a'), nextCursor: '1' }, async () => ({ ok: false, status: 503, code: 'unavailable', details: {}, errors: [] }));
    await expect((async () => { for await (const _ of broken) void _; })()).rejects.toBeInstanceOf(IncompleteExport);
  });

  it('write amounts as the language does', async () => {
    const columns = redemptionsList.columns.filter(({ name }) => name === 'amountCents');
    const one = async function* () { yield { amountCents: -5 } as never; };
    const written = async (language: 'fr' | 'en') => {
      let whole = '';
      for await (const line of csvOf({ language, say: (fr: string, en: string) => (language === 'fr' ? fr : en) } as never, columns, one())) whole += line;
      return whole.split('\r\n')[1];
    };
    expect([await written('fr'), await written('en')]).toEqual(['-0,05', '-0.05']);
  });
});
