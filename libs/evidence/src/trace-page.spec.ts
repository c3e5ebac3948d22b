import { describe, expect, it } from '@jest/globals';
import { tracePage } from './trace-page.js';
import type { Traced } from './traced.js';

const head = { origin: 'mereau.example/audit', size: 42, root: 'ab'.repeat(32), begunWith: { redemptionId: 'rdm_1' } };
const traced: Traced = {
  steps: [{
    step: 'redeemed', eventId: 'evt_1', type: 'voucher.redeemed.v1', sender: 'redemption', seq: 7, leaf: 12, at: '2026-03-02T10:00:00.000Z',
    amountCents: 123_456_789, ids: { place: '<script>' }, range: { first: 3, last: 3 },
  }],
  redemptions: [{
    redemptionId: 'rdm_1', voucher: { batchId: 'bat_1', index: 3 }, amountCents: 1_000, shares: [{ payerId: 'pay_1', amountCents: 5 }], reached: 'paid',
    since: '2026-04-01T00:00:00.000Z', correctedCents: 0, path: ['evt_1'], untold: ['hand_over_not_told'],
  }],
  open: [{ what: 'not_used', since: null }], fed: [{ eventId: 'evt_1', amountCents: 77 }], isCut: false,
};

describe('a trace in words', () => {
  it.each([['fr', '1\u00a0234\u00a0567,89\u00a0€', 'Un chèque est utilisé', 'payé (2026-04-01 00:00:00)', 'aucun événement ne dit la remise', 'pas utilisé', 'Ce qui a alimenté les communs', '0,77\u00a0€'],
    ['en', '€1,234,567.89', 'A voucher is redeemed', 'paid (2026-04-01 00:00:00)', 'no event tells the hand-over', 'not used', 'What fed the commons', '€0.77']] as const)('is told in %s', (language, ...words) => {
    const page = tracePage(traced, head, language);
    for (const word of words) expect(page).toContain(word);
    expect(page).toContain(`<html lang="${language}">`);
  });

  it('lets no name in it become a tag, and asks nothing of a network', () => {
    const page = tracePage(traced, head, 'en');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
  });

  it('says when a bound was met', () => {
    expect(tracePage({ ...traced, isCut: true }, head, 'fr')).toContain('Une limite a été atteinte');
    expect(tracePage(traced, head, 'fr')).not.toContain('Une limite');
  });
});
