import { describe, expect, it } from '@jest/globals';
import { consolidate, type BookLine } from './consolidation.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const [CUSTODY, OTHER, PROGRAMME] = [uuid('aa'), uuid('ab'), uuid('01')];
const line = (ledger: BookLine['ledger'], account: string, amount: number, over: Partial<BookLine> = {}): BookLine =>
  ({ ledger, account, amount: BigInt(amount), custodyAccountId: CUSTODY, programme: '', transfers: 1, ...over });
/** Two of ten vouchers redeemed and stated, a fee kept: the life of docs/accounts.md after its fifth step. */
const LIFE: readonly BookLine[] = [
  line('settlement', `bank:${CUSTODY}`, 10_000), line('settlement', 'clearing:issuance', -10_000), line('issuance', 'clearing:settlement', 10_000),
  line('issuance', 'clearing:redemption', -10_000), line('redemption', 'clearing:issuance', 10_000),
  line('redemption', 'outstanding', -8_000, { programme: PROGRAMME }), line('redemption', 'clearing:settlement', -2_000),
  line('settlement', 'clearing:redemption', 2_000), line('settlement', 'payable', -1_932), line('settlement', 'fee_income', -40),
  line('settlement', 'vat_collected', -8), line('settlement', 'commons', -20),
];

describe('the consolidated books', () => {
  it('show what is there against what is owed, and what of it is the operator’s', () => {
    const used = [{ custodyAccountId: CUSTODY, programme: PROGRAMME, redeemed: 2_000n, breakage: 0n }];
    const [own, ...more] = consolidate(LIFE, used);
    expect(more).toEqual([]);
    expect(own).toMatchObject({
      assetsCents: 10_000, liabilitiesCents: 9_952, ownCents: 48, clearingCents: 0, feesCents: 40, commonsCents: 20, coverageCents: 48,
      programmes: [{
        programmeId: PROGRAMME, coverCents: 0, outstandingCents: 8_000, expiredCents: 0, redeemedCents: 2_000, breakageCents: 0,
      }],
    });
  });

  it('show each account above zero on its normal side, and what crosses as it stands', () => {
    const { accounts } = consolidate(LIFE, [])[0]!;
    const ofRedemption = (name: string) => accounts.find(({ ledger, account }) => ledger === 'redemption' && account === name);
    expect(ofRedemption('outstanding')).toMatchObject({ class: 'liability', balanceCents: 8_000, programmeId: PROGRAMME });
    expect(ofRedemption('clearing:settlement')).toMatchObject({ balanceCents: -2_000, programmeId: null });
  });

  it('keep custody accounts apart, and name a gap as one', () => {
    const of = { custodyAccountId: OTHER };
    const gap = [line('settlement', `bank:${OTHER}`, 880, of), line('settlement', 'payable', -1_000, of), line('settlement', 'bank_fees', 120, of)];
    const all = consolidate([...LIFE, ...gap], []);
    expect(all.map(({ custodyAccountId, coverageCents, ownCents }) => [custodyAccountId, coverageCents, ownCents]))
      .toEqual([[CUSTODY, 48, 48], [OTHER, -120, -120]]);
  });
});
