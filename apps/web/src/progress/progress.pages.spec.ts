// How far long work is, on the pages that show it: n of m, what follows, a look that needs no script, and nothing once it is done.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, batch, closePages, get, openPages, order, orderWithHistory, resetPages, run, text, uuid } from '../../../../test/builders/pages.js';
import { AUDIT_IDS } from '../../../../test/builders/audit-pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const ORDER = `/orders/${order.orderId}`;
/** Two batches of an order, of 1,000,000 and 500,000 vouchers; of the second all keys are made. */
const making = (loadedCount: number, secondLoaded: number) => {
  const first = { ...batch, state: loadedCount < 1_000_000 ? 'minting' : 'loaded', count: 1_000_000, loadedCount };
  const second = { ...batch, batchId: `bat_${uuid(90)}`, state: secondLoaded < 500_000 ? 'minted' : 'loaded', count: 500_000, loadedCount: secondLoaded };
  answers[`GET /issuance${ORDER}`] = [200, { ...orderWithHistory, batches: [first, second] }];
};
const partOf = (body: string) => /<section class="progress".*?<\/section>/s.exec(body)?.[0];
const plain = (page: string) => text(page).replaceAll(/[\u00A0\u202F]/g, ' ');

describe('a batch that is being made', () => {
  it('says how many vouchers are ready of how many, and what follows, in both languages', async () => {
    as('payer', ['payer']);
    making(350_000, 20_000);
    for (const [language, figures, next] of [['fr', '370 000 sur 1 500 000 chèques prêts', 'imprimés, remis et rendus actifs'], ['en', '370,000 of 1,500,000 vouchers ready', 'printed, handed over and made active']] as const) {
      const { body } = await get(ORDER, { 'accept-language': language });
      const shown = partOf(body)!;
      expect(shown).toContain('<progress max="1500000" value="370000" aria-labelledby="making-title">');
      expect(plain(shown)).toContain(figures);
      expect(plain(shown)).toContain(next);
    }
  });

  it('is looked at again by a link, and by a script of ours that may ask our own origin and nobody else', async () => {
    as('payer', ['payer']);
    making(1, 0);
    const { body, headers } = await get(`${ORDER}?lang=fr`);
    expect(body).toContain(`<a href="${ORDER}?lang=fr">Regarder où cela en est</a>`);
    expect(body).toContain('<script src="/assets/progress.js" type="module"></script>');
    expect(body).toContain('<p class="visually-hidden" role="status" data-progress-says="making"></p>');
    expect(headers['content-security-policy']).toMatch(/connect-src 'self'$/);
    expect((await get('/assets/progress.js')).headers['content-type']).toContain('text/javascript');
  });

  it('goes on until the last is loaded, also where all of them are made', async () => {
    as('payer', ['payer']);
    making(1_000_000, 499_999);
    expect(plain(partOf((await get(ORDER, { 'accept-language': 'en' })).body)!)).toContain('1,499,999 of 1,500,000 vouchers ready');
  });

  it('says nothing once all are ready, and the page asks nothing by itself then', async () => {
    as('payer', ['payer']);
    making(1_000_000, 500_000);
    const { body, headers } = await get(ORDER, { 'accept-language': 'fr' });
    expect(body).toContain('Lots de chèques');
    expect(partOf(body)).toBeUndefined();
    expect(body).not.toContain('progress.js');
    expect(headers['content-security-policy']).not.toContain('connect-src');
  });
});

describe('a run that has left', () => {
  const left = (rail: string, open: number) => {
    answers[`GET /settlement/settlement-runs/${run.runId}`] = [200, { ...run, rail, state: 'released', paymentCount: 40 }];
    answers['GET /settlement/payments'] = [200, { items: [], nextCursor: null, totals: { count: open, sums: {} } }];
  };

  it('by Stripe is followed by itself, and by a bank said without a script, for that takes days', async () => {
    as('operator', ['operator']);
    left('stripe', 25);
    const followed = (await get(`/runs/${run.runId}`, { 'accept-language': 'fr' })).body;
    expect(plain(partOf(followed)!)).toContain('15 sur 40 virements');
    expect(followed).toContain('progress.js');
    left('sepa', 40);
    const waiting = (await get(`/runs/${run.runId}`, { 'accept-language': 'fr' })).body;
    expect(plain(partOf(waiting)!)).toContain('0 sur 40 virements');
    expect(waiting).not.toContain('progress.js');
  });

  it('and has come to its end shows none', async () => {
    as('operator', ['operator']);
    left('stripe', 0);
    const { body } = await get(`/runs/${run.runId}`);
    expect(partOf(body)).toBeUndefined();
    expect(plain(body)).not.toContain('Virements terminés');
  });

  it('of which nobody could count what is open says that this part is missing', async () => {
    as('operator', ['operator']);
    left('stripe', 25);
    answers['GET /settlement/payments'] = [0, {}];
    const { statusCode, body } = await get(`/runs/${run.runId}`, { 'accept-language': 'fr' });
    expect([statusCode, partOf(body)]).toEqual([200, undefined]);
    expect(plain(body)).toContain('Virements terminés – Le service n’a pas répondu');
  });
});

describe('ledgers that are made again', () => {
  it('say how many events were looked at again', async () => {
    as('auditor', ['auditor']);
    const [, { items: [one] }] = answers['GET /audit/restatements'] as [number, { items: [object] }];
    answers['GET /audit/restatements'] = [200, { items: [{ ...one, approvedBy: uuid(66), approvedAt: '2026-11-24T14:00:00.000Z', passedCount: 1_200, eventCount: 4_000 }], nextCursor: null }];
    const { body } = await get(`/restatements/${AUDIT_IDS.restatement}`, { 'accept-language': 'en' });
    expect(plain(partOf(body)!)).toContain('1,200 of 4,000 events');
  });
});

describe('who looks as an organisation', () => {
  it('looks again by hand: a page that does so by itself would fill the log of its people', async () => {
    as('payer', ['payer']);
    making(1, 0);
    const [, token] = answers['POST /identity/tokens'] as [number, { membership: object }];
    answers['POST /identity/impersonations/tokens'] = [200, {
      token: 't', expiresAt: new Date(Date.now() + 300_000).toISOString(), until: new Date(Date.now() + 600_000).toISOString(), name: 'A', membership: token.membership,
    }];
    const { body } = await get(ORDER, { cookie: `mereau.session_token=p; mereau.impersonation=ipn_${uuid(80)}.${Date.now() + 600_000}` });
    expect(partOf(body)).toContain('<a href');
    expect(body).not.toContain('progress.js');
  });
});
