import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { activationOf, fundingOf } from './order-state.decision.js';

describe('the standing of an order of 100', () => {
  it.each([
    [0, 'awaiting_funds', 'inactive'], [1, 'part_funded', 'part_active'], [99, 'part_funded', 'part_active'], [100, 'funded', 'active'],
  ])('at %i is %s and %s', (part, funding, activation) => {
    const standing = { total: cents(100), funded: cents(part), activated: cents(part) };
    expect([fundingOf(standing), activationOf(standing)]).toEqual([funding, activation]);
  });

  it('has each half for itself: cover of another order may have made it active', () => {
    const standing = { total: cents(100), funded: cents(0), activated: cents(100) };
    expect([fundingOf(standing), activationOf(standing)]).toEqual(['awaiting_funds', 'active']);
  });
});
