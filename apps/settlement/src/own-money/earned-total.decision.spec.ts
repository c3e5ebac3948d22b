import { describe, expect, it } from '@jest/globals';
import { earnedOf } from './earned-total.decision.js';

const [A, B] = ['01900000-0000-7000-8000-0000000000aa', '01900000-0000-7000-8000-0000000000bb'];
const line = (custodyAccountId: string, account: string, amountCents: number) =>
  ({ custodyAccountId, programmeId: null, account, amountCents });

describe('what was earned of payers', () => {
  it('is fees and VAT less losses, account by account, with what payers owe beside it', () => {
    expect(earnedOf({
      lines: [
        line(A, 'fee_income', -400), line(A, 'vat_collected', -80), line(A, 'losses', 30), line(A, 'receivable', 120), line(A, 'prefund', -9_000),
        line(A, 'clearing', 8_930), line(B, 'receivable', 7), line(B, 'fee_income', -7),
      ],
    })).toEqual([{ custodyAccountId: A, earnedCents: 450, claimsCents: 120 }, { custodyAccountId: B, earnedCents: 7, claimsCents: 7 }]);
  });

  it('is nothing where only others have money', () => {
    expect(earnedOf({ lines: [line(A, 'prefund', -100), line(A, 'clearing', 100)] })).toEqual([]);
  });
});
