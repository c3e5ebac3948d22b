// The page of one payer as it is served: its money, its latest papers, the ways on, and what it says where a part did not answer.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, get, logged, openPages, OPERATOR_IDS, order, resetPages, text } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(resetPages);

const ENGLISH = { 'accept-language': 'en' };
const page = (id: string = OPERATOR_IDS.payer) => get(`/payers/${id}`, ENGLISH);

describe('the page of one payer', () => {
  it('shows what is out first, then all its money, its programmes, papers and where it is invoiced', async () => {
    as('operator', ['operator']);
    const { statusCode, body } = await page();
    expect(statusCode).toBe(200);
    const shown = text(body);
    for (const words of [
      '€10.00 of its vouchers are out', 'Ordered, cancelled orders too €120.00', 'Paid €45.00', 'Still to pay €75.00', 'Free cover €15.00', 'Used €17.00', 'Expired €3.00',
      'Given back to it, or to be €1.00', 'Came back AC04', 'A service code is required',
    ]) expect(shown).toContain(words);
    for (const href of [
      `/all-orders/${order.orderId}`, `/all-orders?payerId=${OPERATOR_IDS.payer}`, `/order-invoices?payerId=${OPERATOR_IDS.payer}`, `/programmes/${order.programmeId}`, '/refunds?legalName=',
    ]) expect(body).toContain(`href="${href}`);
    const own = asked.filter(({ route }) => route.startsWith('GET /issuance/')).map(({ headers }) => headers.authorization);
    expect(own).toHaveLength(5);
    expect(new Set(own).size).toBe(1);
  });

  it('says of each part that did not answer, and shows the rest', async () => {
    as('operator', ['operator']);
    answers['GET /issuance/orders'] = [0, null];
    answers['GET /issuance/refunds'] = [500, { code: 'fault' }];
    const { statusCode, body } = await page();
    expect(statusCode).toBe(200);
    for (const words of ['Its latest orders – The service did not answer', 'Its latest refunds – The service did not answer', 'Free cover €15.00']) expect(text(body)).toContain(words);
    logged.length = 0;
  });

  it('says that nobody gave an address, which is no outage', async () => {
    as('operator', ['operator']);
    answers[`GET /issuance/payers/${OPERATOR_IDS.payer}/billing`] = [404, { code: 'payer_not_found' }];
    expect(text((await page()).body)).toContain('Address unknown: it cannot be invoiced.');
  });

  it('is not there for a payer that nobody registered', async () => {
    as('operator', ['operator']);
    answers[`GET /issuance/payers/${OPERATOR_IDS.payer}`] = [404, { code: 'payer_not_found' }];
    expect((await page()).statusCode).toBe(404);
    expect((await page('pye_1')).statusCode).toBe(400);
  });

  it('is led to from the list, from what is searched, and from its id', async () => {
    as('operator', ['operator']);
    for (const url of ['/payers', '/search?q=Tilleul', `/search?q=${OPERATOR_IDS.payer}`]) {
      expect((await get(url, ENGLISH)).body).toContain(`href="/payers/${OPERATOR_IDS.payer}"`);
    }
  });
});

describe('the orders of one payer', () => {
  it('are shown to an auditor whole, share by share, with nothing to pay or approve', async () => {
    as('auditor', ['auditor']);
    const { body } = await get(`/orders/${order.orderId}`, ENGLISH);
    expect(text(body)).toContain('€120.00 of vouchers ordered, of which €45.00 paid.');
    expect(body).toContain(`href="/payers/${order.shares[0]!.payerId}"`);
    expect(body).not.toMatch(/your share|action="\/orders\//);
  });

  it('are asked for by its id, and only who runs the rail is offered that filter', async () => {
    as('operator', ['operator']);
    const { body } = await get(`/orders?payerId=${OPERATOR_IDS.payer}`, ENGLISH);
    expect(body).toContain('name="payerId"');
    expect(body).not.toContain('href="/orders/new"');
    as('payer', ['payer']);
    const own = (await get('/orders', ENGLISH)).body;
    expect(own).not.toContain('name="payerId"');
    expect(own).toContain('href="/orders/new"');
  });
});
