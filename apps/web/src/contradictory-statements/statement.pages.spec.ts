// What payers sign: the account of an order, and later dates. The figures first, then one signature each.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountOfOrder, laterDates, ORDER_IDS } from '../../../../test/builders/order-pages.js';
import { answers, as, asked, closePages, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('payer', ['payer']);
});

const PATH = `/contradictory-statements/${ORDER_IDS.statement}`;
const SIGN = `POST /issuance${PATH}/signatures`;
const AGREE = `POST /issuance/extensions/${ORDER_IDS.extension}/agreements`;
const english = { 'accept-language': 'en' };
const sent = (route: string) => asked.find((one) => one.route === route);

describe('the account of an order', () => {
  it('shows its figures payer by payer and where the rest goes, with its documents', async () => {
    const { body } = await get(PATH, english);
    for (const words of ['€30.00', 'given back to the payers', 'Département', '€90.00', 'cd'.repeat(32)]) expect(text(body)).toContain(words);
    for (const format of ['pdf', 'csv']) expect(body).toContain(`href="${PATH}/document/${format}"`);
  });

  it('is signed by the digest that was read', async () => {
    answers[SIGN] = [201, {}];
    expect((await post(`${PATH}/sign`, { key: uuid(10) })).statusCode).toBe(303);
    expect(sent(SIGN)).toMatchObject({ body: { sha256: 'cd'.repeat(32) }, headers: { 'idempotency-key': uuid(10) } });
  });

  it('is signed once by each, and by an operator where its own signature is missing', async () => {
    const signed = { ...accountOfOrder, shares: accountOfOrder.shares.map((share) => ({ ...share, signedAt: '2027-03-03T08:00:00.000Z' })) };
    answers[`GET /issuance${PATH}`] = [200, signed];
    expect((await get(PATH)).body).not.toContain('/sign"');
    as('operator', ['approver']);
    expect((await get(PATH)).body).toContain(`action="${PATH}/sign"`);
    answers[`GET /issuance${PATH}`] = [200, { ...signed, state: 'replaced' }];
    expect((await get(PATH)).body).not.toContain('/sign"');
  });

  it('says why it was not signed', async () => {
    answers[SIGN] = [409, { code: 'statement_outdated' }];
    expect(text((await post(`${PATH}/sign`, { key: uuid(10) }, english)).body)).toContain('the operator draws up a new one');
  });

  it('passes its document on as it came, and only one of an account', async () => {
    answers[`GET /issuance${PATH}/document`] = [200, { bytes: 1 }];
    expect((await get(`${PATH}/document/csv`)).statusCode).toBe(200);
    expect((await get(`${PATH}/document/html`)).statusCode).toBe(400);
  });
});

describe('later dates', () => {
  it('are agreed to by a payer that has not, and by nobody once they lapsed', async () => {
    answers[AGREE] = [201, {}];
    expect((await post(`/extensions/${ORDER_IDS.extension}/agree`, { key: uuid(10) })).statusCode).toBe(303);
    expect(sent(AGREE)?.body).toEqual({});
    answers['GET /issuance/extensions'] = [200, { items: [{ ...laterDates, state: 'lapsed' }] }];
    expect((await post(`/extensions/${ORDER_IDS.extension}/agree`, { key: uuid(11) })).statusCode).toBe(409);
    as('operator', ['operator']);
    expect((await get(`/extensions/${ORDER_IDS.extension}`)).body).not.toContain('/agree"');
  });
});

describe('the home of a payer', () => {
  it('lists what it has not signed or agreed to, and says where a part could not be read', async () => {
    const { body } = await get('/home', english);
    for (const href of [PATH, `/extensions/${ORDER_IDS.extension}`]) expect(body).toContain(`href="${href}"`);
    answers['GET /issuance/contradictory-statements'] = [200, { items: [{ ...accountOfOrder, state: 'signed' }] }];
    answers['GET /issuance/extensions'] = [0, null];
    const without = (await get('/home', english)).body;
    expect([without.includes(PATH), text(without).includes('A part of this list could not be read')]).toEqual([false, true]);
  });
});
