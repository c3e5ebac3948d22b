import { describe, expect, it } from '@jest/globals';
import { decideBankAccount, type Custody } from './open-bank-account.decision.js';

const OURS = 'FR7630006000011234567890189';

describe('opening a bank account of ours', () => {
  it.each<[string, Custody, string[], string]>([
    ['takes a segregated client account', 'segregated_account', [], 'opened'],
    ['refuses to draw on a payer\'s own account', 'payer_account', [], 'custody_unsupported'],
    ['refuses to mix the money of payers with the operator\'s', 'operator_float', [], 'custody_unsupported'],
    ['refuses an IBAN that is open already', 'segregated_account', [OURS], 'bank_account_exists'],
    ['names the custody before the IBAN', 'operator_float', [OURS], 'custody_unsupported'],
  ])('%s', (_name, custody, known, expected) => {
    const outcome = decideBankAccount({ name: 'Méreau', iban: OURS, bic: 'AGRIFRPP', custody }, new Set(known));
    expect(outcome.kind === 'rejected' ? outcome.code : outcome.kind).toBe(expected);
  });
});
