import { describe, expect, it } from '@jest/globals';
import { kindOfMovement } from './pool-movement.decision.js';

describe('a movement of a pool', () => {
  it.each([
    ['12', 5n, 'statement'], ['20', -5n, 'debit_note'], ['23', 5n, 'breakage'], ['27', 5n, 'gift'], ['28', -5n, 'allocation'],
    ['29', -5n, 'early_payment'], ['29', 5n, 'early_payment_back'], ['99', 5n, 'other'],
  ])('of row %s with %s cents is named %s', (rule, amount, kind) => {
    expect(kindOfMovement(rule, amount)).toBe(kind);
  });
});
