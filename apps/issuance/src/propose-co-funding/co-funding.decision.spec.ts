// The rules by table, and docs/co-funding.md, whose figures have to be those that the rules give.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, isRejected, sum, ZERO } from '#libs/kernel';
import { payerNo, sharedBy } from '../../../../test/builders/shared-order.js';
import { reportOrder, type Figures } from '../report-order/report-order.decision.js';
import {
  proposeShares2019, STATE_2019, stateShare2019, stateShare2020, type Criteria2019, type ProposedShares,
} from './co-funding.decision.js';

const NOTHING: Criteria2019 = { localNetwork: false, territoryBasisPoints: 0, hub: false, jointPurchase: false, europeanFunds: false };
const ALL: Criteria2019 = { localNetwork: true, territoryBasisPoints: 500, hub: true, jointPurchase: true, europeanFunds: true };
const DEPARTMENT: Criteria2019 = { ...NOTHING, localNetwork: true, territoryBasisPoints: 300 };
const GROUP: Criteria2019 = { ...ALL, territoryBasisPoints: 200, europeanFunds: false };

describe('the State\'s share of 2019', () => {
  it.each<[string, Criteria2019, number]>([
    ['is a fifth at least', NOTHING, 2_000], ['has 15 % more for a local network', { ...NOTHING, localNetwork: true }, 3_500],
    ['has up to 5 % for the territory', { ...NOTHING, territoryBasisPoints: 500 }, 2_500], ['has 5 % more for a hub', { ...NOTHING, hub: true }, 2_500],
    ['has 10 % more for a joint purchase', { ...NOTHING, jointPurchase: true }, 3_000],
    ['has 10 % more for European funds', { ...NOTHING, europeanFunds: true }, 3_000], ['is 65 % at most', ALL, 6_500],
  ])('%s', (_, criteria, basisPoints) => {
    expect(stateShare2019(criteria, cents(100_000))).toEqual({ basisPoints, cap: 120_000_000n, amount: BigInt(basisPoints) * 10n });
  });

  it('is 1.2 million euros at most', () => {
    expect(stateShare2019(ALL, cents(184_615_386)).amount).toBe(120_000_000n);
    expect(stateShare2019(ALL, cents(184_615_384)).amount).toBe(120_000_000n);
    expect(stateShare2019(ALL, cents(184_615_382)).amount).toBe(119_999_998n);
  });

  it('has no territory beyond its bounds', () => {
    expect(() => stateShare2019({ ...NOTHING, territoryBasisPoints: 501 }, cents(1))).toThrow(RangeError);
  });

  it('and those of the others make the order, for any criteria and any payers', () => {
    const criteria = fc.record({
      localNetwork: fc.boolean(), hub: fc.boolean(), jointPurchase: fc.boolean(), europeanFunds: fc.boolean(),
      territoryBasisPoints: fc.integer({ min: 0, max: 500 }),
    });
    const totals = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(fc.property(criteria, totals, fc.integer({ min: 1, max: 9_999 }), (given, total, first) => {
      const others = [{ payerId: payerNo(2), basisPoints: first }, { payerId: payerNo(3), basisPoints: 10_000 - first }];
      const proposed = proposeShares2019({ payerId: payerNo(1), criteria: given }, others, cents(total)) as ProposedShares;
      expect(sum(proposed.shares.map(({ amount }) => amount))).toBe(BigInt(total));
      expect(proposed.shares.reduce((points, share) => points + share.basisPoints, 0)).toBe(10_000);
      const [state] = proposed.shares;
      expect(state!.basisPoints).toBe(stateShare2019(given, cents(total)).basisPoints);
      // Largest remainder instead of half up: within a cent.
      expect(Math.abs(Number(state!.amount - stateShare2019(given, cents(total)).amount))).toBeLessThanOrEqual(1);
      expect(state!.amount <= STATE_2019.cap).toBe(true);
    }));
  });
});

describe('the State\'s share of 2020', () => {
  it.each<[string, number, number, number, object | bigint]>([
    ['is half of what was used', 2_000_000, 1_500_001, 1_500_001, 750_000n], ['is nothing of nothing', 2_000_000, 0, 0, 0n],
    ['is not for purchases below 20,000 euros', 1_999_999, 0, 0, { code: 'purchase_outside_rule' }],
    ['is for 3 million', 300_000_000, 300_000_000, 150_000_000, 150_000_000n],
    ['is not for more', 300_000_001, 0, 0, { code: 'purchase_outside_rule' }],
    ['needs half of the use by people of the plan', 2_000_000, 1_000_001, 500_000, { code: 'publics_outside_rule' }],
    ['is there from that half on', 2_000_000, 1_000_000, 500_000, 500_000n],
  ])('%s', (_, purchase, used, usedByPic, expected) => {
    const outcome = stateShare2020({ purchase: cents(purchase), used: cents(used), usedByPic: cents(usedByPic) });
    if (typeof expected === 'bigint') expect(outcome).toBe(expected);
    else expect(outcome).toMatchObject(expected);
  });
});

const euros = (amount: bigint): string => {
  const digits = (amount / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits}.${(amount % 100n).toString().padStart(2, '0')}`;
};
const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

describe('docs/co-funding.md', () => {
  const document = readFileSync(join(import.meta.dirname, '../../../../docs/co-funding.md'), 'utf8');
  const others = [{ payerId: payerNo(2), basisPoints: 6_000 }, { payerId: payerNo(3), basisPoints: 4_000 }];

  it.each<[string, Criteria2019, bigint]>([
    ['a town alone', NOTHING, 4_000_000n], ['a department with its places', DEPARTMENT, 20_000_000n],
    ['a joint purchase', GROUP, 155_000_000n], ['a region with everything', ALL, 250_000_000n],
  ])('shows what the rule of 2019 gives %s', (name, criteria, total) => {
    const proposed = proposeShares2019({ payerId: payerNo(1), criteria }, others, cents(total));
    if (isRejected(proposed)) throw new Error(proposed.code);
    const { basisPoints } = stateShare2019(criteria, cents(total));
    expect(document).toContain(row(name, euros(total), `${basisPoints / 100} %`, ...proposed.shares.map(({ amount }) => euros(amount))));
  });

  it('shows what became of an order of three payers, and of whose money', () => {
    const order = sharedBy(10_010_010, [5_000, 3_000, 2_000], 'pro_rata', [4_000_000]);
    const refunded = new Map(order.shares.map(({ payerId }) => [payerId, ZERO]));
    const ended = { ...order, activated: cents(9_000_000), used: cents(3_420_000), expired: cents(5_580_000), refunded };
    for (const { payerId, figures } of reportOrder(ended).shares) refunded.set(payerId, figures.expired);
    const report = reportOrder(ended);
    const shown = (name: string, { ordered, activated, used, expired, refunded: back }: Figures) =>
      row(name, ...[ordered, activated, used, expired, back].map((amount) => euros(amount)));
    ['State', 'council', 'foundation'].forEach((name, at) => expect(document).toContain(shown(name, report.shares[at]!.figures)));
    expect(document).toContain(shown('**order**', report.whole));
    expect(document).toContain(`${euros(stateShare2020({ purchase: order.total, used: ended.used, usedByPic: ended.used }) as bigint)} euros`);
  });
});
