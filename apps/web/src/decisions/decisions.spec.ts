// Pages that somebody decides on, by that of an incident and that of an allocation: what is asked, sent, refused and kept.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, openPages, OPERATOR_IDS, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';
import { hasWords } from './decision-refusals.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['approver']);
});

const { incident, allocation } = OPERATOR_IDS;
const VALIDATE = `POST /settlement/incidents/${incident}/validate`;
const VOICES = `POST /settlement/allocations/${allocation}/voices`;
const sent = (route: string) => asked.filter((one) => one.route === route);
const validate = (form: Record<string, string> = {}, headers = {}) => post(`/incidents/${incident}/validate`, { key: uuid(10), note: 'Vu', ...form }, headers);

describe('a decision', () => {
  it('is sent with the key and the words of its form, and leads back to the page', async () => {
    answers[VALIDATE] = [200, {}];
    const { statusCode, headers } = await validate();
    expect([statusCode, headers.location]).toEqual([303, `/incidents/${incident}`]);
    expect(sent(VALIDATE)).toMatchObject([{ body: { note: 'Vu' }, headers: { 'idempotency-key': uuid(10) } }]);
  });

  it('says why not in words, and keeps what was typed, with another key', async () => {
    answers[VALIDATE] = [403, { code: 'checker_is_maker' }];
    const { statusCode, body } = await validate({ note: 'Comparé au registre' });
    expect([statusCode, text(body)]).toEqual([403, expect.stringContaining('Vous l’avez proposé : une autre personne décide.')]);
    expect(body).toContain('Comparé au registre');
    expect(body).not.toContain(`value="${uuid(10)}"`);
  });

  it('asks for a code where the service wants one, and sends it with a token of after the code', async () => {
    answers[VALIDATE] = [403, { code: 'second_factor_stale' }];
    const { body } = await validate();
    expect(body).toContain('name="code"');
    answers['POST /identity/second-factors/codes'] = [200, { recoveryCodesLeft: 8 }];
    answers[VALIDATE] = [200, {}];
    asked.length = 0;
    expect((await validate({ code: '123456' })).statusCode).toBe(303);
    expect(asked.map(({ route }) => route).filter((route) => route.startsWith('POST')))
      .toEqual(['POST /identity/tokens', 'POST /identity/second-factors/codes', 'POST /identity/tokens', VALIDATE]);
  });

  it('sends nothing after a wrong code', async () => {
    answers['POST /identity/second-factors/codes'] = [403, { code: 'code_wrong' }];
    const { statusCode, body } = await validate({ code: '123456' });
    expect([statusCode, body.includes('name="code"'), sent(VALIDATE)]).toEqual([403, true, []]);
  });

  it('keeps its key where nobody knows whether it was done', async () => {
    answers[VALIDATE] = [0, {}];
    expect((await validate()).body).toContain(`name="key" value="${uuid(10)}"`);
  });

  it('is not sent while a field is empty, and says beside it what is missing', async () => {
    const { statusCode, body } = await validate({ note: ' ' });
    expect([statusCode, text(body).includes('À remplir.'), body.includes('aria-invalid="true"'), sent(VALIDATE)]).toEqual([400, true, true, []]);
  });

  it('is refused where it was decided meanwhile, to another role, and from another site', async () => {
    expect((await validate({}, { origin: 'https://elsewhere.example' })).statusCode).toBe(403);
    as('operator', ['operator']);
    expect((await validate()).statusCode).toBe(409);
    expect(text((await get(`/incidents/${incident}`)).body)).toContain('Une personne qui approuve le fait.');
    as('operator', ['approver']);
    const [status, page] = answers['GET /settlement/incidents']! as [number, { items: object[] }];
    answers['GET /settlement/incidents'] = [status, { ...page, items: [{ ...page.items[0], state: 'validated', decidedAt: '2026-11-25T08:00:00.000Z', dueSeq: 12 }] }];
    expect((await validate()).statusCode).toBe(409);
    expect(sent(VALIDATE)).toEqual([]);
  });

  it('of much money is confirmed by typing the amount; a wrong one is told with the difference', async () => {
    answers[VOICES] = [201, {}];
    const vote = (confirmation: string) => post(`/allocations/${allocation}/for`, { key: uuid(10), note: '', confirmation });
    const { statusCode, body } = await vote('499');
    expect([statusCode, text(body).replaceAll('\u00A0', ' ')]).toEqual([400, expect.stringContaining('1,00 € de différence')]);
    expect(sent(VOICES)).toEqual([]);
    expect((await vote('500,00')).statusCode).toBe(303);
    expect(sent(VOICES)).toMatchObject([{ body: { voice: 'for', note: null } }]);
  });

  it('that is proposed leads to what came of it, with euros as cents', async () => {
    answers['POST /settlement/incidents'] = [201, { incidentId: incident }];
    const { headers } = await post('/incidents/new/state', { key: uuid(10), redemptionId: `red_${uuid(7)}`, kind: 'overpaid', amountCents: '2,5', note: 'Deux fois' });
    expect(headers.location).toBe(`/incidents/${incident}`);
    expect(sent('POST /settlement/incidents')).toMatchObject([{ body: { redemptionId: `red_${uuid(7)}`, kind: 'overpaid', amountCents: 250, note: 'Deux fois' } }]);
  });
});

describe('what is refused', () => {
  type Described = Readonly<Record<string, Readonly<Record<string, Readonly<{ 'x-refusals'?: readonly string[] }>>>>>;
  const described = (JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Described }).paths;
  const ROUTES = [
    '/settlement/incidents', '/settlement/debit-note', '/settlement/payout-stops', '/settlement/allocations', '/settlement/holds', '/settlement/payees', '/settlement/payee-bank-accounts',
    '/settlement/payee-destinations', '/settlement/iban-shares', '/settlement/closing-rules', '/settlement/early-payments', '/settlement/early-payment-rules', '/settlement/sharing-rules', '/settlement/place-charge-rules', '/settlement/statement-closings', '/settlement/bank-lines',
    '/settlement/operator', '/settlement/stripe-accounts', '/settlement/stripe-balance', '/settlement/legal-bodies', '/issuance/credits', '/redemption/appeals', '/redemption/zone-imports/{id}', '/identity/mandates',
    '/identity/payer-mandates', '/audit/alerts', '/audit/alert-appeals', '/audit/alert-rules', '/audit/restatements', '/settlement/fee-rules', '/issuance/batches/{id}/activations',
    '/issuance/batches/{id}/deliveries', '/issuance/batches/{id}/printer-receipts', '/issuance/batches/{id}/print-files', '/issuance/orders/{id}/batches', '/issuance/orders/{id}/proofs',
    '/issuance/orders/{id}/invoices', '/issuance/order-drafts/{id}/quotes', '/issuance/contradictory-statements', '/issuance/extensions', '/issuance/programmes', '/issuance/upstream-fee-rules', '/redemption/programmes',
  ];

  /** Answered on a payer's page, which has words of its own. */
  const OF_PAYERS = /\/quotes\/.+\/answers$/;

  it('has words for every code of the routes that the pages post to', () => {
    const codes = Object.entries(described).filter(([path]) => ROUTES.some((route) => path.startsWith(route)) && !OF_PAYERS.test(path))
      .flatMap(([, methods]) => methods['post']?.['x-refusals'] ?? []);
    expect(codes.length).toBeGreaterThan(60);
    expect([...new Set(codes)].filter((code) => !hasWords(code))).toEqual([]);
  });
});
