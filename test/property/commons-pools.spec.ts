// The pools of the commons over random histories, without a database: rules are published, statements, gifts and what expired feed the
// pools, people vote, places are paid early, by the decisions that run. At every event, in minus out is the balance of each pool, none is
// below nothing, nothing enters but what a statement, an order or a giver gave, and no fee is above the cap of its day.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideProposal, decideVoice } from '../../apps/settlement/src/allocations/allocation.decision.js';
import { breakagePosting } from '../../apps/settlement/src/commons/breakage.decision.js';
import { decideEarlyPayment, lapsedPosting, nettedPosting, setAsidePosting } from '../../apps/settlement/src/early-payments/early-payment.decision.js';
import { giftPosting } from '../../apps/settlement/src/gifts/gift.decision.js';
import { decideFeeRule, type FeeRates } from '../../apps/settlement/src/fee-rules/publish-fee-rule.decision.js';
import { decideSharingRule, smallestCapFrom, type SharingRule } from '../../apps/settlement/src/sharing-rules/sharing-rule.decision.js';
import { decideStatement, type ClaimGroup } from '../../apps/settlement/src/statement-closings/statement.decision.js';
import { ContradictoryStatementSignedV1 } from '#libs/contracts';
import { addDays, cents, idOf, isRejected, localDate, type Cents, type ProgrammeId } from '#libs/kernel';
import { accounts, type Posting } from '#libs/ledger';

const uuid = (last: number) => `01900000-0000-7000-8000-${String(last).padStart(12, '0')}`;
const CUSTODY = idOf('bankAccount', uuid(1));
const PAYEE = idOf('payee', uuid(2));
const PROGRAMMES = [3, 4].map((last) => idOf('programme', uuid(last)));
const NATIONAL = 'general';
const FIRST_DAY = localDate('2026-01-01');

class Pools {
  readonly entered = new Map<string, bigint>();
  readonly left = new Map<string, bigint>();
  /** What came out of statements and orders, and what people and early payments took: kept beside the ledger, to compare. */
  given = 0n;
  taken = 0n;
  day = FIRST_DAY;
  readonly rules = new Map<ProgrammeId, SharingRule[]>();
  readonly fees = new Map<ProgrammeId, (FeeRates & { version: number; from: typeof FIRST_DAY })[]>();
  readonly early: { pool: string; amount: Cents }[] = [];

  balance(pool: string): bigint {
    return (this.entered.get(pool) ?? 0n) - (this.left.get(pool) ?? 0n);
  }

  post({ transfers }: Posting): void {
    for (const { debit, credit, amount } of transfers) {
      if (credit.startsWith('commons:')) this.entered.set(credit.slice(8), (this.entered.get(credit.slice(8)) ?? 0n) + amount);
      if (debit.startsWith('commons:')) this.left.set(debit.slice(8), (this.left.get(debit.slice(8)) ?? 0n) + amount);
      for (const account of [debit, credit].filter((name) => name.startsWith('commons:'))) {
        if (this.balance(account.slice(8)) < 0n) throw new Error(`${account} below nothing`);
      }
    }
  }

  inForce() {
    return new Map([...this.rules].flatMap(([programmeId, rules]) => {
      const rule = [...rules].reverse().find(({ from }) => from <= this.day);
      return rule ? [[programmeId, rule] as const] : [];
    }));
  }

  statement(amounts: readonly (readonly [programme: number, gross: number, commons: number])[]): void {
    const groups = amounts.map(([programme, gross, commonsBasisPoints], at): ClaimGroup => ({
      programmeId: PROGRAMMES[programme]!, feeRuleVersion: at + 1, lineCount: 1, gross: cents(gross),
      rates: { feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints },
    }));
    const decided = decideStatement({ payeeId: PAYEE, custodyAccountId: CUSTODY, groups }, NATIONAL, true, this.inForce());
    if (decided.kind === 'carried') return;
    const into = decided.posting.transfers.filter(({ credit }) => credit.startsWith('commons:')).reduce((sum, { amount }) => sum + amount, 0n);
    expect(into).toBe(decided.total.commons);
    expect(decided.posting.transfers.reduce((sum, { amount }) => sum + amount, 0n)).toBe(decided.total.gross);
    for (const { programmeId, local, national } of decided.commonsShares) {
      const off = local * 10_000n - (local + national) * BigInt(this.inForce().get(programmeId)!.localBasisPoints);
      expect(off < 10_000n && off > -10_000n).toBe(true);
    }
    this.post(decided.posting);
    this.given += decided.total.commons;
  }

  expire(programme: number, amount: number): void {
    const body = { ...ContradictoryStatementSignedV1.sample, programmeId: PROGRAMMES[programme]!, expiredCents: amount };
    this.post(breakagePosting(body, NATIONAL, this.inForce())!.posting);
    this.given += BigInt(amount);
  }

  give(pool: string, amount: number, line: 'known' | 'unknown'): void {
    this.post(giftPosting(pool, CUSTODY, cents(amount), line));
    this.given += BigInt(amount);
  }

  vote(pool: string, wanted: number): void {
    const amount = cents(wanted);
    const payee = { complete: true, isOperator: false, account: 'verified' as const };
    if (isRejected(decideProposal({ bankAccount: true, payee, amount, pool: this.balance(pool), isPool: true }))) {
      expect(amount > this.balance(pool)).toBe(true);
      return;
    }
    const allocation = {
      allocationId: idOf('allocation', uuid(9)), pool, bankAccountId: CUSTODY, payeeId: PAYEE, amount, proposedBy: 'anna',
      voices: [{ userId: 'bert', voice: 'for' as const }], outcome: null,
    };
    const heard = decideVoice(allocation, { userId: 'zoe', voice: 'for', isBehindAccount: false },
      { inPool: this.balance(pool), voicesNeeded: 2, deciders: null });
    if (isRejected(heard) || heard.kind !== 'voted') throw new Error('what was proposed within the pool is voted');
    this.post(heard.posting);
    this.taken += amount;
  }

  payEarly(pool: string, wanted: number): void {
    const terms = { shareBasisPoints: 9_000, ceiling: cents(1_000_000), monthsMin: 1, redemptionsMin: 1 };
    const due = PROGRAMMES.map((programmeId) => ({ programmeId, net: cents(1_000_000), terms }));
    const standing = {
      complete: true, isOperator: false, account: 'verified' as const, underReview: false, months: 9, redemptions: 9, due, owing: cents(0), open: cents(0),
      pool: this.balance(pool), poolOf: pool === NATIONAL ? null : idOf('programme', pool),
    };
    const decided = decideEarlyPayment(cents(wanted), { bankAccount: true, standing });
    expect(isRejected(decided)).toBe(BigInt(wanted) > this.balance(pool));
    if (isRejected(decided)) return;
    this.post(setAsidePosting({ pool, payeeId: PAYEE, custodyAccountId: CUSTODY }, cents(wanted)));
    this.early.push({ pool, amount: cents(wanted) });
  }

  endEarly(netted: boolean): void {
    const one = this.early.shift();
    if (one) this.post((netted ? nettedPosting : lapsedPosting)({ pool: one.pool, payeeId: PAYEE, custodyAccountId: CUSTODY }, one.amount));
  }

  share(programme: number, local: number, cap: number, inDays: number): void {
    const programmeId = PROGRAMMES[programme]!;
    const rules = this.rules.get(programmeId) ?? [];
    const asked = { from: addDays(this.day, inDays), operatorCapBasisPoints: cap, localBasisPoints: local, deciders: ['bert', 'zoe'] };
    const kept = rules.map((rule) => ({ ...rule, state: 'confirmed' as const }));
    const decided = decideSharingRule(asked, { kept, fees: this.fees.get(programmeId) ?? [], today: this.day });
    if (!isRejected(decided)) this.rules.set(programmeId, [...rules, { ...asked, version: decided.version }]);
  }

  fee(programme: number, feeBasisPoints: number, inDays: number): void {
    const programmeId = PROGRAMMES[programme]!;
    const fees = this.fees.get(programmeId) ?? [];
    const from = addDays(this.day, inDays);
    const asked = { feeBasisPoints, vatBasisPoints: 2_000, commonsBasisPoints: 100, from, promisedCapBasisPoints: null };
    const operatorCapBasisPoints = smallestCapFrom(this.rules.get(programmeId) ?? [], asked.from);
    const at = { today: this.day, platformCapBasisPoints: 10_000, operatorCapBasisPoints };
    const decided = decideFeeRule(asked, { last: fees.at(-1), promisedCapBasisPoints: null }, at);
    if (!isRejected(decided)) this.fees.set(programmeId, [...fees, { ...asked, version: decided.version }]);
  }

  /** Of every day on which a rule begins. */
  capsHold(): boolean {
    return PROGRAMMES.every((programmeId) => {
      const [rules, fees] = [this.rules.get(programmeId) ?? [], this.fees.get(programmeId) ?? []];
      const on = <Rule extends { from: string }>(dated: readonly Rule[], day: string) => dated.findLast(({ from }) => from <= day);
      return [...rules, ...fees].every(({ from }) =>
        (on(fees, from)?.feeBasisPoints ?? 0) <= (on(rules, from)?.operatorCapBasisPoints ?? 10_000));
    });
  }
}

const programme = fc.nat({ max: 1 });
const pool = fc.constantFrom(NATIONAL, ...PROGRAMMES);
const some = fc.integer({ min: 1, max: 400 });
const group = fc.tuple(programme, fc.integer({ min: -4_000, max: 9_000 }), fc.nat({ max: 1_000 }));
const step = fc.oneof(
  fc.array(group, { minLength: 1, maxLength: 4 }).map((groups) => (pools: Pools) => pools.statement(groups)),
  fc.tuple(programme, some).map(([of, amount]) => (pools: Pools) => pools.expire(of, amount)),
  fc.tuple(pool, some, fc.constantFrom('known' as const, 'unknown' as const)).map(([of, amount, line]) => (pools: Pools) => pools.give(of, amount, line)),
  fc.tuple(pool, some).map(([of, amount]) => (pools: Pools) => pools.vote(of, amount)),
  fc.tuple(pool, some).map(([of, amount]) => (pools: Pools) => pools.payEarly(of, amount)),
  fc.boolean().map((netted) => (pools: Pools) => pools.endEarly(netted)),
  fc.tuple(programme, fc.nat({ max: 10_000 }), fc.nat({ max: 400 }), fc.integer({ min: 0, max: 60 }))
    .map(([of, local, cap, inDays]) => (pools: Pools) => pools.share(of, local, cap, inDays)),
  fc.tuple(programme, fc.nat({ max: 400 }), fc.integer({ min: 0, max: 60 }))
    .map(([of, fee, inDays]) => (pools: Pools) => pools.fee(of, fee, inDays)),
  fc.integer({ min: 1, max: 20 }).map((days) => (pools: Pools) => { pools.day = addDays(pools.day, days); }),
);

describe('the pools of the commons', () => {
  it('have in minus out at every event of any history, never less than nothing, and all that was given and not taken', () => {
    fc.assert(fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (history) => {
      const pools = new Pools();
      // Both have a rule from the second day on, so that every history divides.
      PROGRAMMES.forEach((_, at) => pools.share(at, [6_000, 2_500][at]!, 300, 1));
      pools.day = addDays(pools.day, 1);
      for (const event of history) {
        event(pools);
        const names = [NATIONAL, ...PROGRAMMES];
        const lent = pools.early.reduce((sum, { amount }) => sum + amount, 0n);
        expect(names.every((name) => pools.balance(name) >= 0n)).toBe(true);
        expect(names.reduce((sum, name) => sum + pools.balance(name), 0n)).toBe(pools.given - pools.taken - lent);
        expect(pools.capsHold()).toBe(true);
      }
    }), { numRuns: 500 });
  });

  it('are spelled as accounts of their own', () => {
    expect(accounts.settlement.commons(PROGRAMMES[0]!)).toBe(`commons:${PROGRAMMES[0]}`);
  });
});
