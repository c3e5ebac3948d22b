// The operator's page of a draft: a quote where none is open, and who answered.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, draft, get, openPages, post, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('operator', ['operator']);
});

const PATH = `/quotes/${draft.orderId}`;
const QUOTE = `POST /issuance/order-drafts/${draft.orderId}/quotes`;
const stands = (more: object) => { answers[`GET /issuance/order-drafts/${draft.orderId}`] = [200, { ...draft, steps: [], ...more }]; };

describe('a draft', () => {
  it('is quoted for thirty days unless told otherwise, and the refusal says what to do', async () => {
    stands({ state: 'draft', quote: null });
    expect((await get(PATH)).body).toMatch(/name="validDays"[^>]*value="30"/);
    answers[QUOTE] = [409, { code: 'payer_billing_missing' }];
    const { body } = await post(`${PATH}/quote`, { key: uuid(10), validDays: '60' });
    expect([asked.find(({ route }) => route === QUOTE)?.body, text(body).includes('L’adresse de facturation d’un financeur manque')]).toEqual([{ validDays: 60 }, true]);
  });

  it('shows who has accepted, and is not quoted while a quote is open', async () => {
    const { body } = await get(PATH, { 'accept-language': 'en' });
    expect(text(body)).toContain('€120.00 for 12 vouchers, without the fee.');
    expect([text(body).includes('Accepted'), body.includes('/quote"')]).toEqual([true, false]);
  });
});
