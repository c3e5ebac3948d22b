import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, EVIL, get, openPages, resetPages, text, uuid } from '../../../../test/builders/pages.js';
import { lastYear } from './impact.data.js';

beforeAll(openPages);
afterAll(closePages);

const coefficient = (code: string) => ({ code, version: 2, low: 1, value: 2, high: 3, source: `A law ${EVIL}`, sourceYear: 2000, scope: 'France' });
const impact = {
  facts: {
    redemptions: 40, redeemedCents: 40_000, minutes: 1_200,
    redemptionsWithMinutes: 20, people: 12, firstVisits: null, workshops: 3, services: 2, places: 4, communes: 3,
  },
  results: [
    { measure: 'jobs', coefficient: coefficient('legal_year_hours'), estimate: { low: 0.01, value: 0.0124, high: 0.02 }, unknown: null, withRejected: null },
    { measure: 'avoided_cost_cents', coefficient: coefficient('avoided_cost_cents_per_person'), estimate: null, unknown: 'rejected', withRejected: { low: 1_000, value: 2_000, high: 3_000 } },
    { measure: 'local_spending_cents', coefficient: null, estimate: null, unknown: 'no_coefficient', withRejected: null },
  ],
};
const page = async (question = '') => {
  const { statusCode, body } = await get(`/impact${question}`, { 'accept-language': 'en' });
  expect([statusCode, body.includes(EVIL)]).toEqual([200, false]);
  return text(body).replaceAll('\u00A0', ' ');
};
const questions = () => asked.filter(({ route }) => route === 'GET /audit/impact');

beforeEach(() => {
  resetPages();
  as('payer', ['payer']);
  answers['GET /audit/impact'] = [200, impact];
});

describe('the page of impact', () => {
  it('says facts first, then estimates with range, source and year, unknown as unknown', async () => {
    const shown = await page();
    for (const words of [
      '40 services rendered to at least 12 people, in 4 places', 'Hours of service 20 (declared for 20 of 40)', 'First visits Unknown',
      '0.01 between 0.01 and 0.02', '(2000) · France · version 2', 'Unknown: you reject the coefficient. With it: €20.00 between €10.00 and €30.00',
      'Unknown: no coefficient is published.',
    ]) expect(shown).toContain(words);
  });

  it('keeps what was rejected ticked', async () => {
    const { body } = await get(`/impact?programmeId=prg_${uuid(4)}&from=2026-01&to=2026-10&reject=avoided_cost_cents_per_person`);
    expect(body).toMatch(/value="avoided_cost_cents_per_person" checked/);
    expect(body).toMatch(/value="legal_year_hours" >/);
    expect(questions()).toHaveLength(1);
  });

  it('says unknown where few people are behind a month, and why a period or a programme is not taken', async () => {
    answers['GET /audit/impact'] = [200, { facts: null, results: [] }];
    expect(await page()).toContain('Unknown A month of the period is not over, or has fewer than five people');
    answers['GET /audit/impact'] = [403, { code: 'programme_not_paid_for' }];
    expect(await page()).toContain('You do not pay for this programme.');
    answers['GET /audit/impact'] = [400, { code: 'request_malformed' }];
    expect(await page('?from=2026-05&to=2026-01')).toContain('The period is not right');
    answers['GET /issuance/programmes'] = [200, { items: [], nextCursor: null }];
    asked.length = 0;
    expect(await page()).toContain('once a programme is open');
    expect(questions()).toEqual([]);
  });
});

describe('the last year', () => {
  it('is the twelve months that are over', () => {
    expect(lastYear(new Date('2026-01-31T12:00:00Z'))).toEqual({ from: '2025-01', to: '2025-12' });
  });
});
