import { describe, expect, it } from '@jest/globals';
import { spendable, type StripeFunds } from './stripe-funds.decision.js';

describe('what a run by Stripe may spend', () => {
  it.each<[string, StripeFunds, bigint]>([
    ['what both know', { listed: 100n, ledger: 100n, ordered: 0n, unlisted: 0n }, 100n],
    ['no money that is still on its way to the balance', { listed: 40n, ledger: 100n, ordered: 0n, unlisted: 0n }, 40n],
    ['no money that nobody has explained', { listed: 100n, ledger: 40n, ordered: 0n, unlisted: 0n }, 40n],
    ['nothing that was ordered already', { listed: 100n, ledger: 100n, ordered: 70n, unlisted: 0n }, 30n],
    ['nothing that left and is not listed yet', { listed: 100n, ledger: 70n, ordered: 0n, unlisted: 30n }, 70n],
    ['nothing, when more was ordered than is there', { listed: 10n, ledger: 10n, ordered: 20n, unlisted: 0n }, -10n],
  ])('is %s', (_, funds, left) => {
    expect(spendable(funds)).toBe(left);
  });
});
