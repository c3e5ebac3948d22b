// What an approver sees before the button: differences, what is unusual, who is left out; and how reasons reach settlement.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, post, resetPages, run, text, uuid } from '../../../../test/builders/pages.js';

const PREVIEW = `GET /settlement/settlement-runs/${run.runId}/preview`;
const APPROVALS = `POST /settlement/settlement-runs/${run.runId}/approvals`;
const BREAKERS = [
  { breaker: 'total', figures: { totalCents: 3_761_280, dayCents: 3_761_280, runs: 4, medianCents: 900_000, timesMedian: 3 } },
  { breaker: 'new_accounts', figures: { newAccounts: 7, newCents: 200_000 } },
  { breaker: 'largest_payment', figures: { largestCents: 3_000_000, totalCents: 3_761_280 } },
];

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['approver']);
});
const unusual = (breakers: readonly object[] = BREAKERS) => {
  const [status, body] = answers[PREVIEW]!;
  answers[PREVIEW] = [status, { ...body as object, breakers }];
};

describe('a run that nobody has approved', () => {
  it('is shown against the last one, with first payments marked and who is left out', async () => {
    const shown = text((await get(`/runs/${run.runId}`)).body);
    expect(shown).toContain('La dernière : 30 000,00 €, soit +7 612,80 €. 1 compte jamais payé');
    expect(shown).toContain('premier paiement');
    expect(shown).toContain('Non payés cette fois (1)');
    expect(shown).toContain('compte changé depuis moins de trois jours 9,00 €');
  });

  it('asks for no reason where nothing is unusual', async () => {
    expect((await get(`/runs/${run.runId}`)).body).not.toContain('name="reason_');
  });

  it('says what is unusual in words, in both languages, and asks an approver why, for each', async () => {
    unusual();
    const { body } = await get(`/runs/${run.runId}`);
    expect(text(body)).toContain('37 612,80 € en un jour, pour 9 000,00 € d’habitude.');
    for (const { breaker } of BREAKERS) expect(body).toContain(`name="reason_${breaker}" required`);
    expect(text((await get(`/runs/${run.runId}?lang=en`)).body)).toContain('7 accounts never paid before, for €2,000.00.');
    as('operator', ['operator']);
    expect((await get(`/runs/${run.runId}`)).body).not.toContain('name="reason_');
  });

  it('tells the ceiling of first runs where there is no median yet', async () => {
    unusual([{ breaker: 'total', figures: { totalCents: 9, dayCents: 6_000_000, runs: 0, firstRunsCeilingCents: 5_000_000 } }]);
    expect(text((await get(`/runs/${run.runId}`)).body)).toContain('60 000,00 € en un jour : plus que 50 000,00 €, le plafond');
  });

  it('is approved with the reasons that were given, and without a word about them where there are none', async () => {
    answers[APPROVALS] = [201, { state: 'drafted' }];
    const form = { key: uuid(10), sha256: run.sha256 };
    await post(`/runs/${run.runId}/approve`, { ...form, reason_total: 'Trois mois en un', reason_largest_payment: 'Le département' });
    await post(`/runs/${run.runId}/approve`, form);
    const [first, second] = asked.filter(({ route }) => route === APPROVALS).map(({ body }) => body);
    expect(first).toEqual({ sha256: run.sha256, reasons: [
      { breaker: 'total', reason: 'Trois mois en un' }, { breaker: 'largest_payment', reason: 'Le département' },
    ] });
    expect(second).toEqual({ sha256: run.sha256 });
  });

  it('still shows its panel when the preview is away', async () => {
    answers[PREVIEW] = [0, {}];
    const { statusCode, body } = await get(`/runs/${run.runId}`);
    expect([statusCode, body.includes('Approuver'), text(body).includes('Virements – Le service n’a pas répondu')]).toEqual([200, true, true]);
  });
});

describe('a run that was released', () => {
  it('shows its payments with their states, and no preview', async () => {
    answers[`GET /settlement/settlement-runs/${run.runId}`] = [200, { ...run, state: 'released', releasedAt: '2026-12-02T08:00:00.000Z' }];
    const shown = text((await get(`/runs/${run.runId}`)).body);
    expect(shown).not.toContain('La dernière');
    expect(asked.some(({ route }) => route === PREVIEW)).toBe(false);
  });
});

describe('a run that shall not leave', () => {
  const CANCEL = `POST /settlement/settlement-runs/${run.runId}/cancellation`;
  const here = `/runs/${run.runId}`;
  const shownAs = (over: object) => { answers[`GET /settlement/settlement-runs/${run.runId}`] = [200, { ...run, ...over }]; };

  it.each([['drafted', 'operator'], ['drafted', 'approver'], ['approved', 'operator'], ['approved', 'approver']])(
    'is cancelled while it is %s by an %s, who says why', async (state, role) => {
      as('operator', [role]);
      shownAs({ state });
      answers[CANCEL] = [200, { state: 'cancelled' }];
      expect((await get(here)).body).toContain(`action="/runs/${run.runId}/cancel"`);
      const { statusCode, headers } = await post(`${here}/cancel`, { key: uuid(10), reason: ' Deux fois le même mois ' });
      expect([statusCode, headers.location]).toEqual([303, here]);
      const sent = asked.find(({ route }) => route === CANCEL)!;
      expect([sent.body, sent.headers['idempotency-key']]).toEqual([{ reason: 'Deux fois le même mois' }, uuid(10)]);
    });

  it('is not cancelled without a reason', async () => {
    expect((await post(`${here}/cancel`, { key: uuid(10), reason: ' ' })).statusCode).toBe(400);
    expect(asked.some(({ route }) => route === CANCEL)).toBe(false);
  });

  it('says in words that it was sent meanwhile', async () => {
    answers[CANCEL] = [409, { code: 'run_released' }];
    const { statusCode, body } = await post(`${here}/cancel`, { key: uuid(10), reason: 'trop tard' });
    expect([statusCode, text(body)]).toEqual([409, expect.stringContaining('La campagne est déjà envoyée.')]);
  });

  it('tells who cancelled it and why, and offers nothing any more; nor does one that was sent, or a page of an auditor', async () => {
    shownAs({ state: 'cancelled', cancelReason: 'Deux fois le même mois', cancelledBy: uuid(6), cancelledAt: '2026-12-01T09:00:00.000Z' });
    const { body } = await get(here);
    expect(text(body)).toContain('Deux fois le même mois');
    expect(body).not.toContain('<form method="post" action="/runs');
    shownAs({ state: 'released' });
    expect((await get(here)).body).not.toContain('/cancel"');
    as('operator', ['auditor']);
    shownAs({});
    expect((await get(here)).body).not.toContain('/cancel"');
  });
});
