// How far vouchers came: what is asked, the bar in words, and few people as few.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, closePages, funnelRow, get, openPages, resetPages, text, uuid } from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('payer', ['payer']);
});

const body = async (question = '') => (await get(`/funnel${question}`, { 'accept-language': 'en' })).body;
const answerRows = (...rows: object[]) => { answers['GET /issuance/funnel'] = [200, { rows: rows.map((more) => ({ ...funnelRow, ...more })) }]; };

describe('the way of vouchers', () => {
  it('says what waits in stock, and each month with the part that was handed over', async () => {
    answerRows({}, { month: '2026-10', inStock: { vouchers: 5, booklets: 0 } });
    const page = await body();
    expect(text(page)).toContain('65 vouchers at distributors, to be handed over.');
    expect(text(page)).toContain('November 2026 120 100 60 40 40% 7 fewer than 5');
    expect(page).toContain('<rect class="life-4" width="40.0" height="10"/>');
  });

  it('shows no bar and no number of few people', async () => {
    answerRows({ handedOver: null, firstUse: null });
    const page = await body();
    expect(text(page)).toContain('120 100 60 fewer than 5 – fewer than 5');
    expect(page).not.toContain('class="life-4"');
  });

  it('asks by distributor, of which nobody ordered, and by département', async () => {
    answerRows({ month: null, distributorId: `dst_${uuid(40)}`, ordered: null });
    expect(text(await body('?by=distributor'))).toContain('Distributor Delivered In stock');
    answerRows({ month: null, departement: 'several', ordered: null }, { month: null, departement: '42', ordered: null });
    expect(text(await body('?by=departement'))).toMatch(/Several 100 .* 42 100 /);
  });

  it('takes an unknown way of asking as the usual one, and says what will be here', async () => {
    answerRows();
    expect(text(await body('?by=citizen&programmeId=x'))).toContain('Nothing yet. Here you will read how far your vouchers came.');
  });
});
