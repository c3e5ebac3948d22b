import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cents, sum, type PayeeId, type ProgrammeId } from '#libs/kernel';
import { seedOfRun } from '#libs/testing';
import { decideStatement, sharesOf, sharesOfLines, type ClaimGroup, type Rates } from './statement.decision.js';

const PAYEE = '01900000-0000-7000-8000-000000000001' as PayeeId;
const PROGRAMME = '01900000-0000-7000-8000-000000000002' as ProgrammeId;
const CUSTODY = '01900000-0000-7000-8000-0000000000aa';
const rates = (fee: number, vat: number, commons: number): Rates =>
  ({ feeBasisPoints: fee, vatBasisPoints: vat, commonsBasisPoints: commons });
const group = (gross: number, taken: Rates, version = 1): ClaimGroup =>
  ({ programmeId: PROGRAMME, feeRuleVersion: version, lineCount: 1, gross: cents(gross), rates: taken });
const close = (...groups: ClaimGroup[]) => decideStatement({ payeeId: PAYEE, custodyAccountId: CUSTODY, groups }, 'general');

/** Numbers that fast-check can seed with, from the text that names the run. */
const seed = [...seedOfRun()].reduce((value, letter) => (Math.imul(value, 31) + letter.charCodeAt(0)) | 0, 7);

describe('the shares of a gross', () => {
  it.each<[string, number, Rates, [fee: number, vat: number, commons: number, net: number]]>([
    ['takes nothing under a rule of zero', 1000, rates(0, 0, 0), [0, 0, 0, 1000]],
    ['takes 2 % of ten euros, 20 % VAT on that, 1 % for the commons', 1000, rates(200, 2000, 100), [20, 4, 10, 966]],
    ['rounds half a cent up', 25, rates(200, 0, 0), [1, 0, 0, 24]],
    ['rounds less than half a cent down', 24, rates(200, 0, 0), [0, 0, 0, 24]],
    ['takes VAT on the rounded fee', 1125, rates(200, 2000, 0), [23, 5, 0, 1097]],
  ])('%s', (_name, gross, taken, [fee, vat, commons, net]) => {
    expect(sharesOf(cents(gross), taken)).toEqual({
      gross: cents(gross), fee: cents(fee), vat: cents(vat), commons: cents(commons), net: cents(net),
    });
  });
});

describe('a statement', () => {
  it('takes the fee on the sum of lines, not per line', () => {
    // Seven lines of ten euros at 4 %: 280 cents, and not seven times a rounded 40 of another rule's making.
    const outcome = close({ ...group(7 * 24, rates(200, 0, 0)), lineCount: 7 });
    expect(outcome).toMatchObject({ kind: 'closed', lineCount: 7, total: { fee: 3n, net: 165n } });
  });

  it('keeps versions of a rule apart', () => {
    expect(close(group(1000, rates(200, 2000, 100)), group(1000, rates(0, 0, 0), 2))).toMatchObject({
      kind: 'closed', total: { gross: 2000n, fee: 20n, vat: 4n, commons: 10n, net: 1966n },
      groups: [{ feeRuleVersion: 1, net: 966n }, { feeRuleVersion: 2, net: 1000n }],
    });
  });

  it('closes beside lines that take each other back', () => {
    expect(close(group(0, rates(200, 2_000, 100)), group(1000, rates(0, 0, 0), 2))).toMatchObject({ kind: 'closed', lineCount: 2, total: { gross: 1000n, net: 1000n } });
  });

  it('posts row 12 and leaves out what is zero', () => {
    const { posting } = close(group(1000, rates(200, 0, 0))) as Extract<ReturnType<typeof close>, { kind: 'closed' }>;
    expect(posting).toEqual({
      rule: '12', custodyAccountId: CUSTODY,
      transfers: [
        { debit: `accrued:${PAYEE}`, credit: `payable:${PAYEE}`, amount: 980n, currency: 'EUR' },
        { debit: `accrued:${PAYEE}`, credit: 'fee_income', amount: 20n, currency: 'EUR' },
      ],
    });
  });

  it('pays a payee that accepted no netting without the fee, and bills it beside', () => {
    const claims = { payeeId: PAYEE, custodyAccountId: CUSTODY, groups: [group(1_000, rates(200, 2_000, 100))] };
    expect(decideStatement(claims, 'general', false)).toMatchObject({
      kind: 'closed', total: { gross: 1_000n, fee: 0n, vat: 0n, commons: 10n, net: 990n },
      posting: { rule: '12', transfers: [{ credit: `payable:${PAYEE}`, amount: 990n }, { credit: 'commons:general', amount: 10n }] },
      billed: {
        billedFee: 20n, billedVat: 4n, posting: {
          rule: '13', transfers: [
            { debit: `place_receivable:${PAYEE}`, credit: 'fee_income', amount: 20n }, { debit: `place_receivable:${PAYEE}`, credit: 'vat_collected', amount: 4n },
          ],
        },
      },
    });
    expect(decideStatement(claims, 'general')).toMatchObject({ total: { fee: 20n, vat: 4n, net: 966n }, billed: null });
  });

  it('owes a payee without netting what more of fees came back than became due', () => {
    const groups = [group(-1_000, rates(200, 2_000, 100)), group(3_000, rates(0, 0, 100), 2)];
    expect(decideStatement({ payeeId: PAYEE, custodyAccountId: CUSTODY, groups }, 'general', false)).toMatchObject({
      kind: 'closed', total: { gross: 2_000n, commons: 20n, net: 1_980n },
      billed: { billedFee: -20n, billedVat: -4n, posting: { transfers: [{ debit: 'fee_income', credit: `place_receivable:${PAYEE}`, amount: 20n }, { amount: 4n }] } },
    });
  });

  it('nets an incident under an older rule, whose fee comes back too', () => {
    expect(close(group(-1_000, rates(200, 2_000, 100)), group(3_000, rates(300, 2_000, 100), 2))).toMatchObject({
      kind: 'closed', total: { gross: 2_000n, fee: 70n, vat: 14n, commons: 20n, net: 1_896n },
      groups: [
        { gross: -1_000n, fee: -20n, vat: -4n, commons: -10n, net: -966n },
        { gross: 3_000n, fee: 90n, vat: 18n, commons: 30n, net: 2_862n },
      ],
    });
  });

  it.each<[string, ClaimGroup[]]>([
    ['carries over a cent that its fee would eat', [group(1, rates(5_000, 0, 0))]],
    ['carries over what would be less than nothing', [group(5, rates(5_000, 2_000, 3_900))]],
    ['carries over lines that take each other back', [group(0, rates(200, 2_000, 100))]],
    ['carries over a payee of whom more was taken back than it is owed', [group(-1_000, rates(200, 0, 0)), group(900, rates(200, 0, 0), 2)]],
    ['carries over where more fee comes back than is due', [group(-500, rates(2_000, 0, 0)), group(1_000, rates(0, 0, 0), 2)]],
    ['carries over where more comes back of a few cents than was taken of them', [group(-4, rates(6_250, 2_000, 1_250)), group(1_000, rates(500, 2_000, 200), 2)]],
  ])('%s', (_name, groups) => {
    expect(close(...groups)).toMatchObject({ kind: 'carried' });
  });

  it(`loses and makes no cent, whatever the amounts and rates (seed ${seed})`, () => {
    const anyRates = fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 2_500 }), fc.integer({ min: 0, max: 3_000 }))
      .map(([fee, vat, commons]) => rates(fee, vat, commons));
    const anyGross = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 10_000_000 }) }, fc.integer({ min: -100_000, max: -1 }));
    const anyGroup = fc.tuple(anyGross, anyRates, fc.integer({ min: 1, max: 9 }))
      .map(([gross, taken, version]) => group(gross, taken, version));
    fc.assert(fc.property(fc.array(anyGroup, { minLength: 1, maxLength: 6 }), (groups) => {
      const outcome = close(...groups);
      if (outcome.kind === 'carried') return;
      const { total, posting } = outcome;
      expect(total.gross).toBe(sum(groups.map(({ gross }) => gross)));
      expect(total.net + total.fee + total.vat + total.commons).toBe(total.gross);
      expect(sum(posting.transfers.map(({ amount }) => amount))).toBe(total.gross);
      for (const each of outcome.groups) expect(each.net + each.fee + each.vat + each.commons).toBe(each.gross);
    }), { seed, numRuns: 300 });
  });
});

describe('the shares that lines show', () => {
  it('gives the odd cents to the largest remainders, and what is left to the place', () => {
    const lines = [1000, 1000, 500].map((gross) => ({ gross: cents(gross), undone: false }));
    const taken = rates(130, 2000, 0);
    const total = { ...sharesOf(cents(2500), taken), rates: taken };
    expect(sharesOfLines(total, lines)).toEqual([
      { gross: 1000n, fee: 13n, vat: 3n, commons: 0n, net: 984n },
      { gross: 1000n, fee: 13n, vat: 3n, commons: 0n, net: 984n },
      { gross: 500n, fee: 7n, vat: 1n, commons: 0n, net: 492n },
    ]);
  });

  const undonePair = (gross: number) => [gross, -gross].map((signed) => ({ gross: cents(signed), undone: true }));

  it('lets lines that take each other back bear nothing', () => {
    const lines = [...undonePair(700), { gross: cents(1000), undone: false }];
    const taken = rates(200, 2000, 100);
    const shown = sharesOfLines({ ...sharesOf(cents(1000), taken), rates: taken }, lines);
    expect(shown.map(({ fee, net }) => [fee, net])).toEqual([[0n, 700n], [0n, -700n], [20n, 966n]]);
  });

  it('takes back by an incident what its line bore, and lets the others bear the rest', () => {
    const taken = rates(200, 2000, 100);
    const lines = [1000, 1000, -500].map((gross) => ({ gross: cents(gross), undone: false }));
    const shown = sharesOfLines({ ...sharesOf(cents(1500), taken), rates: taken }, lines);
    expect(shown.map(({ fee, vat, commons, net }) => [fee, vat, commons, net])).toEqual([
      [20n, 4n, 10n, 966n], [20n, 4n, 10n, 966n], [-10n, -2n, -5n, -483n],
    ]);
  });

  it('below nothing, lets a line show what it bears by itself, and incidents share what comes back', () => {
    const taken = rates(200, 2000, 100);
    const lines = [100, -1000, -1000].map((gross) => ({ gross: cents(gross), undone: false }));
    const shown = sharesOfLines({ ...sharesOf(cents(-1900), taken), rates: taken }, lines);
    expect(shown.map(({ fee, vat, commons, net }) => [fee, vat, commons, net])).toEqual([
      [2n, 0n, 1n, 97n], [-20n, -4n, -10n, -966n], [-20n, -4n, -10n, -966n],
    ]);
  });

  it(`adds up to the statement's shares (seed ${seed})`, () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(amounts, fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 2_500 }), (grosses, fee, vat) => {
      const one = (gross: number, at: number) => ({ gross: cents(at % 5 === 4 ? -gross : gross), undone: false });
      const lines = grosses.flatMap((gross, at) => (at % 3 === 0 ? undonePair(gross) : [one(gross, at)]));
      const taken = rates(fee, vat, 150);
      const total = { ...sharesOf(sum(lines.map(({ gross }) => gross)), taken), rates: taken };
      const shown = sharesOfLines(total, lines);
      for (const part of ['gross', 'fee', 'vat', 'commons', 'net'] as const) expect(sum(shown.map((line) => line[part]))).toBe(total[part]);
    }), { seed, numRuns: 300 });
  });
});
