// The search as it is served: which services it asks for whom, what it shows of their answers, and what it says of those that gave none.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, logged, openPages, OPERATOR_IDS, order, resetPages, run, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const search = (typed: string) => get(`/search?${new URLSearchParams({ q: typed })}`, { 'accept-language': 'en' });
const askedRoutes = () => asked.map(({ route }) => route).filter((route) => route !== 'POST /identity/tokens').sort();

describe('the search', () => {
  it('asks nobody before something is typed, and stands on every page', async () => {
    as('payer', ['payer']);
    const { body } = await get('/search');
    expect(askedRoutes()).toEqual([]);
    expect(body).toContain('<a href="/search" aria-keyshortcuts="Control+K" data-slash>');
    expect(body).toContain('<script src="/assets/search.js" type="module">');
  });

  it('finds an order by its reference, with its amount and the way to it and to the list', async () => {
    as('payer', ['payer']);
    const { body } = await search('RF18 5390 0754 7034');
    expect(askedRoutes()).toEqual(['GET /issuance/orders']);
    expect(body).toContain(`href="/orders/${order.orderId}"`);
    expect(body).toContain('href="/orders?reference=RF18539007547034"');
    for (const words of ['€120.00', 'Being made', '1 Nov 2026', 'Looked through: Orders.']) expect(text(body)).toContain(words);
  });

  it('asks an operator’s lists by an amount, and those that know none by the text', async () => {
    as('operator', ['operator', 'approver']);
    const shown = text((await search('9.90')).body);
    expect(askedRoutes()).toEqual([
      'GET /issuance/payers', 'GET /redemption/places', 'GET /settlement/allocations', 'GET /settlement/bank-lines', 'GET /settlement/debit-notes',
      'GET /settlement/incidents', 'GET /settlement/payees', 'GET /settlement/payments', 'GET /settlement/refunds', 'GET /settlement/statements/history',
    ]);
    for (const words of ['Bank 2 Nov 2026 Unknown credit €9.90']) expect(shown).toContain(words);
  });

  it.each<[string, string[], string[]]>([
    ['place', ['till'], ['GET /redemption/redemptions/history']],
    ['place', ['till', 'manager'], ['GET /redemption/redemptions/history', 'GET /settlement/statement-lines', 'GET /settlement/statements/history']],
    ['distributor', ['distributor'], []],
    ['payer', ['payer'], ['GET /issuance/orders']],
  ])('asks for a %s with the roles %p only what they may see', async (kind, roles, routes) => {
    as(kind, roles);
    await search('12,50');
    expect(askedRoutes()).toEqual(routes);
  });

  it('says which list did not answer and which is closed, and shows the rest', async () => {
    as('operator', ['operator']);
    answers['GET /settlement/payments'] = [0, null];
    answers['GET /issuance/payers'] = [403, { code: 'role_missing' }];
    const { statusCode, body } = await search('Tilleul');
    const shown = text(body);
    expect(statusCode).toBe(200);
    for (const words of ['Did not answer: Payments.', 'Closed to your role: Payers.', 'Looked through: Payees']) expect(shown).toContain(words);
    expect(body).toContain(`href="/payees/${OPERATOR_IDS.payee}"`);
    logged.length = 0;
  });

  it('says that nothing was found only of what was asked', async () => {
    as('payer', ['payer']);
    answers['GET /issuance/invoices'] = [200, { items: [], nextCursor: null }];
    expect(text((await search('F-2026-0009')).body)).toContain('Nothing of the kind in what you may see. Looked through: Invoices.');
    expect(text((await search('Tilleul')).body)).toContain('No list that is open to you can be searched by this.');
  });

  it('leads from an id, a serial and a payment to their pages, for whoever has them', async () => {
    as('operator', ['operator']);
    expect((await search(run.runId)).body).toContain(`href="/runs/${run.runId}"`);
    expect((await search(`bat_${uuid(9)}`)).body).toContain(`href="/trace?of=bat_${uuid(9)}"`);
    expect((await search('7K3M9Q2T-4821907-K')).body).toContain('href="/trace?of=7K3M9Q2T-4821907-K"');
    as('distributor', ['distributor']);
    expect((await search('7K3M9Q2T-4821907-K')).body).toContain('href="/vouchers?serial=7K3M9Q2T-4821907-K"');
    expect((await search(run.runId)).body).not.toContain('/runs/');
  });

  it('sends the code of a voucher nowhere and shows it nowhere', async () => {
    as('operator', ['operator']);
    const { body } = await search('7K3M-9Q2T-XB4C-0000-ZZ');
    expect(askedRoutes()).toEqual([]);
    expect(text(body)).toContain('we neither searched nor kept it');
    expect([body, ...logged].join()).not.toMatch(/7K3M|XB4C/);
  });

  it('has no / where a scanner types', async () => {
    for (const kind of ['place', 'distributor']) {
      as(kind, [kind === 'place' ? 'till' : 'distributor']);
      expect((await get('/menu')).body).not.toContain('data-slash');
    }
    expect((await get('/assets/search.js')).body).toContain("a[data-slash]");
  });
});
