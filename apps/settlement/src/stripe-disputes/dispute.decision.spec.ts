import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { disputePosting } from './dispute.decision.js';

describe('a dispute (row 30)', () => {
  it.each([
    ['withdrawn', 'clearing:issuance', 'psp'],
    ['given_again', 'psp', 'clearing:issuance'],
  ] as const)('%s moves from %s to %s', (what, debit, credit) => {
    expect(disputePosting('here', what, cents(4_000))).toEqual({
      rule: '30', custodyAccountId: 'here', transfers: [expect.objectContaining({ debit, credit, amount: 4_000n })],
    });
  });
});
