// Where a payer's money is, and what waits for it.
import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  answers, as, batch, closePages, draft, get, openPages, order, orderWithHistory, resetPages, text, vintage,
} from '../../../../test/builders/pages.js';

beforeAll(openPages);
afterAll(closePages);
beforeEach(() => {
  resetPages();
  as('payer', ['payer']);
});

const body = async () => (await get('/home', { 'accept-language': 'en' })).body;
const home = async () => text(await body());
const answerOrder = (more: object) => { answers[`GET /issuance/orders/${order.orderId}`] = [200, { ...orderWithHistory, ...more }]; };

describe('the home of a payer', () => {
  it('says what is to be done, each with its page', async () => {
    const page = await body();
    for (const href of [`/vintages/${vintage.programmeId}/2026-12-31/fifteen_days`, `/drafts/${draft.orderId}`, `/orders/${order.orderId}`]) expect(page).toContain(`class="button" href="${href}"`);
    expect(text(page)).toMatch(/To do Sign the end of .* Answer the quote of .* By 1 Dec 2026 .* Pay €75\.00/);
  });

  it('asks for no answer that was given, no payment that was made, no signature that is there', async () => {
    const accepted = draft.quote.shares.map((share) => ({ ...share, answer: 'accepted' }));
    answers['GET /issuance/order-drafts'] = [200, { items: [{ ...draft, quote: { ...draft.quote, shares: accepted } }], nextCursor: null }];
    answers['GET /issuance/vintages'] = [200, { items: [{ ...vintage, state: 'signed' }], nextCursor: null }];
    const nothing: [number, object] = [200, { items: [], nextCursor: null }];
    Object.assign(answers, { 'GET /issuance/contradictory-statements': nothing, 'GET /issuance/extensions': nothing });
    answerOrder({ fundedCents: 12_000, shares: [{ ...order.shares[0], missingCents: 0 }] });
    expect(await home()).toContain('To do Nothing waits.');
  });

  it('says that a part of the list is missing, rather than that nothing waits', async () => {
    answers['GET /issuance/vintages'] = [0, null];
    answers['GET /issuance/order-drafts'] = [200, { items: [], nextCursor: null }];
    expect(await home()).toContain('A part of this list could not be read.');
  });

  it('counts what is still to be handed over: not of replacements, and not where the vouchers are over', async () => {
    answerOrder({ batches: [batch, { ...batch, count: 5, handedOverCount: 0, replacedBatchId: batch.batchId }] });
    expect(await home()).toContain('€40.00 are still to be handed over: 4 vouchers.');
    answerOrder({ batches: [{ ...batch, handedOverCount: 0, redeemedCents: 2_500 }] });
    expect(await home()).toContain('€90.00 are still to be handed over: 9 vouchers.');
    answerOrder({ state: 'expired' });
    expect(await home()).toContain('€10.00 of active vouchers are still to be used.');
  });

  it('adds up by programme, with the own share beside the whole', async () => {
    answerOrder({ shares: [{ ...order.shares[0], amountCents: 7_200 }] });
    expect(await home()).toMatch(/Ordered Used Your share .* 1 €120\.00 €20\.00 €72\.00/);
  });

  it('leads a new payer to its first order, and to a quote that waits already', async () => {
    answers['GET /issuance/orders'] = [200, { items: [], nextCursor: null }];
    const page = await home();
    for (const words of ['Your first vouchers are four steps away.', '1. Prepare an order', 'Answer the quote of']) expect(page).toContain(words);
  });
});
