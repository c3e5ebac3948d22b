import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, asked, closePages, get, openPages, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const ROUTE = 'GET /settlement/fee-book';
const page = async () => {
  const { statusCode, body } = await get(`/fees/prg_${uuid(4)}`, { 'accept-language': 'en' });
  return [statusCode, text(body).replaceAll('\u00A0', ' ')] as const;
};

describe('the page of the fee book', () => {
  it('asks without a token, and says the rule in force first, adding up to the whole', async () => {
    const [status, shown] = await page();
    expect(status).toBe(200);
    for (const words of ['€9.66 of €10.00 go to the place that renders the service, since 1 Jan 2026 (rule 1).', 'In all €10.00', 'Promised cap : none', 'leaves the programme by itself and free of charge', 'cap of the platform : 10%', 'In force']) {
      expect(shown).toContain(words);
    }
    expect(asked.find(({ route }) => route === ROUTE)?.headers.authorization).toBeUndefined();
  });

  it('says so where there is no rule, or none yet, or no answer', async () => {
    const [, body] = answers[ROUTE] as [number, { items: object[] }];
    answers[ROUTE] = [200, { ...body, items: body.items.map((rule) => ({ ...rule, state: 'to_come' })) }];
    expect(await page()).toEqual([200, expect.stringContaining('No rule is in force yet.')]);
    answers[ROUTE] = [200, { ...body, items: [] }];
    expect(await page()).toEqual([404, expect.stringContaining('No rule is published for this programme.')]);
    answers[ROUTE] = [0, null];
    expect((await page())[0]).toBe(503);
  });
});
