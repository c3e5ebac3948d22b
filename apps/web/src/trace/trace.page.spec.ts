import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { answers, as, asked, closePages, EVIL, get, openPages, resetPages, text, uuid } from '../../../../test/builders/pages.js';
import { beginningOf } from './trace.data.js';

beforeAll(openPages);
afterAll(closePages);

const REDEMPTION = `red_${uuid(7)}`;
const step = (name: string, amountCents: number | null, leaf: number | null) => ({
  step: name, eventId: `evt_${uuid(8)}`, type: 'a.v1', sender: 'settlement', seq: 12, leaf, at: '2026-11-24T13:32:00.000Z', amountCents,
  ids: { redemption: REDEMPTION }, range: null,
});
const redemption = (reached: string, more = {}) => ({
  redemptionId: REDEMPTION, voucher: { batchId: `bat_${uuid(9)}`, index: 3 }, amountCents: 1_000, reached, since: '2026-12-05T08:00:00.000Z',
  shares: [{ payerId: `pay_${uuid(1)}`, amountCents: 1_000 }], correctedCents: 0, path: [], untold: [], ...more,
});
const trace = (more = {}) => ({ steps: [step('redeemed', 1_000, 41), step('payment_debited', 970, null)], redemptions: [redemption('paid')], open: [], isCut: false, nextCursor: null, ...more });
const page = async (of: string) => text((await get(`/trace?${new URLSearchParams({ of })}`, { 'accept-language': 'en' })).body).replaceAll('\u00A0', ' ');

beforeEach(() => {
  resetPages();
  as('auditor', ['auditor']);
  answers['GET /audit/traces'] = [200, trace()];
});

describe('what somebody has in hand', () => {
  it.each([
    [REDEMPTION, 'redemptionId'], [`alc_${uuid(1)}`, 'allocationId'], [`epy_${uuid(1)}`, 'earlyPaymentId'], [`MR${'a1'.repeat(16)}`, 'endToEndId'], ['CNS26-0431-02', 'serial'], [`xyz_${uuid(1)}`, 'serial'],
  ])('%s begins with a %s', (of, name) => {
    expect(beginningOf(of)).toEqual({ name, value: of });
  });
});

describe('the page of a trace', () => {
  it('asks nothing before something is asked', async () => {
    expect(await page('')).toContain('What you have in hand');
    expect(asked.filter(({ route }) => route === 'GET /audit/traces')).toEqual([]);
  });

  it('says the sum, what of it was paid, and each step with its place in the log', async () => {
    const shown = await page(REDEMPTION);
    for (const words of ['€10.00 redeemed in 1 redemption, of which €10.00 paid to places. The way is whole.', 'A voucher is redeemed', 'leaf 41', 'Waits to be sealed', 'Take the evidence packet']) {
      expect(shown).toContain(words);
    }
  });

  it('does not call whole what lacks a link, nor paid what came back', async () => {
    answers['GET /audit/traces'] = [200, trace({ redemptions: [redemption('returned', { untold: ['payee_not_told'], shares: [] })], nextCursor: 'more', isCut: true })];
    const shown = await page(REDEMPTION);
    for (const words of ['of which €0.00 paid to places. A link is missing for 1.', 'no event tells the payee', 'came back from the bank', 'unknown', 'A bound was met', 'Next redemptions']) {
      expect(shown).toContain(words);
    }
  });

  it('says what has not happened to money that nobody used', async () => {
    answers['GET /audit/traces'] = [200, trace({ redemptions: [], open: [{ what: 'not_used', since: '2026-11-24T13:32:00.000Z' }] })];
    expect(await page('CNS26-0431-02')).toContain('2 steps; not yet: not used.');
  });

  it('says what fed the commons, in two languages, and that their cents are not told apart', async () => {
    const eventId = `evt_${uuid(8)}`;
    answers['GET /audit/traces'] = [200, trace({ steps: [step('statement_closed', 966, 40), step('early_set_aside', 500, 41)], redemptions: [redemption('paid_early')], fed: [{ eventId, amountCents: 510 }] })];
    const of = `epy_${uuid(3)}`;
    const shown = await page(of);
    for (const words of ['What fed the commons', 'cents of a pool are not told apart', '€5.10', 'The commons set an early payment of what is due aside', 'paid early, out of the commons', 'of which €10.00 paid to places', 'Take the evidence packet']) {
      expect(shown).toContain(words);
    }
    const french = text((await get(`/trace?${new URLSearchParams({ of })}`, { 'accept-language': 'fr' })).body).replaceAll('\u00A0', ' ');
    for (const words of ['Ce qui a alimenté les communs', 'Les communs réservent un acompte', 'payé d’avance par un acompte des communs']) expect(french).toContain(words);
  });

  it.each([['trace_not_found', 404, 'No kept event names this.'], ['serial_not_told', 404, 'of no batch'], ['request_malformed', 400, 'of no form']])('says %s in words, and keeps what was typed', async (code, status, words) => {
    answers['GET /audit/traces'] = [status, { code }];
    expect(await page(EVIL)).toContain(words);
    expect((await get(`/trace?${new URLSearchParams({ of: 'CNS 26' })}`)).body).toContain('value="CNS 26"');
  });
});
