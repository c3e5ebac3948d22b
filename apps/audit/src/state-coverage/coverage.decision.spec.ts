import { describe, expect, it } from '@jest/globals';
import { coverageOf, type Announced, type LedgerName, type Totals } from './coverage.decision.js';

const uuid = (last: string) => `01900000-0000-7000-8000-${last.padStart(12, '0')}`;
const [CUSTODY, OPERATOR, PROGRAMME] = [uuid('aa'), uuid('bb'), uuid('01')];
type Balances = Readonly<Record<string, number>>;
const BANK = `bank:${CUSTODY}`;

/** One voucher's life after step 8 of docs/accounts.md: debit above zero. */
const LIFE: Readonly<Record<LedgerName, Balances>> = {
  issuance: { 'prefund': 0, 'clearing': 0 },
  redemption: { 'outstanding': -8000, 'clearing': 8000 },
  settlement: { [BANK]: 9034, 'payable': -966, 'commons': -20, 'fee_income': -40, 'vat_collected': -8, 'clearing': -8000 },
};
const line = ([account, amountCents]: [string, number]) => ({
  custodyAccountId: CUSTODY, programmeId: ['prefund', 'outstanding', 'expired'].includes(account) ? PROGRAMME : null, account, amountCents,
});
const bank = (statedCents: number, ledgerCents: number, over: Partial<Totals['stated'][number]> = {}): Totals['stated'][number] => ({
  custodyAccountId: CUSTODY, kind: 'bank', statedOn: '2026-04-03', statedCents, countedCents: statedCents, ledgerCents, differences: [],
  unaccountedCents: statedCents - ledgerCents, ...over,
});
function told(balances: Partial<Record<LedgerName, Balances>>, stated: Totals['stated']): Announced[] {
  return (['issuance', 'redemption', 'settlement'] as const).map((ledger) => ({
    ledger, eventId: uuid('e'), totals: {
      number: 1, day: '2026-04-03', final: true, cutAt: '2026-04-03T22:00:00.000Z', currency: 'EUR',
      lines: Object.entries({ ...LIFE[ledger], ...balances[ledger] }).filter(([, cents]) => cents !== 0).map(line), stated: ledger === 'settlement' ? stated : [],
    },
  }));
}
const stateOf = (balances: Partial<Record<LedgerName, Balances>>, stated = [bank(9034, 9034)]) =>
  coverageOf(told(balances, stated)).custodyAccounts[0]!;

describe('a statement of coverage', () => {
  it('holds every debt against what the bank states, and leaves the operator what it earned', () => {
    expect(stateOf({})).toMatchObject({ assetsCents: 9034, liabilitiesCents: 8986, underWayCents: 0, gapCents: 0, surplusCents: 48, state: 'covered' });
  });

  it('names each debt, and whose programme it is where that is known', () => {
    const more = { issuance: { prefund: -500, clearing: 500 }, settlement: { clearing: -8500, [BANK]: 9534 } };
    const { custodyAccounts: [account], programmes } = coverageOf(told(more, [bank(9534, 9534)]));
    expect(account!.liabilities).toEqual([
      { ledger: 'issuance', account: 'prefund', programmeId: PROGRAMME, amountCents: 500 },
      { ledger: 'redemption', account: 'outstanding', programmeId: PROGRAMME, amountCents: 8000 },
      { ledger: 'settlement', account: 'payable', programmeId: null, amountCents: 966 },
      { ledger: 'settlement', account: 'commons', programmeId: null, amountCents: 20 },
    ]);
    expect(programmes).toEqual([
      { programmeId: PROGRAMME, custodyAccountId: CUSTODY, prefundCents: 500, outstandingCents: 8000, expiredCents: 0 },
    ]);
  });

  it.each<[string, Parameters<typeof stateOf>, object]>([
    ['is a gap, line by line, where bank fees exceed what was earned', [{ settlement: { [BANK]: 8914, bank_fees: 120 } }, [bank(8914, 8914)]],
      { state: 'gap', gapCents: 72, surplusCents: 0 }],
    ['counts what the operator took out to its own account as a gap, and what it paid in against it',
      [{ settlement: { [BANK]: 8934, [`bank:${OPERATOR}`]: 100 } }, [bank(8934, 8934)]], { state: 'gap', gapCents: 52, surplusCents: 0 }],
    ['counts a receivable that nobody has paid', [{ issuance: { receivable: 60, fee_income: -60 } }], { state: 'covered', gapCents: 0 }],
    ['counts as a gap what a place owes after an incident, whatever other places are owed',
      [{ issuance: { prefund: -400 }, settlement: { accrued: 400 } }], { state: 'gap', liabilitiesCents: 9386, gapCents: 352, surplusCents: 0 }],
    ['counts the same after a debit note asked for it, with its fee, VAT and commons share given back',
      [{ issuance: { prefund: -400 }, settlement: { place_receivable: 386, commons: -16, fee_income: -32, vat_collected: -6 } }],
      { state: 'gap', liabilitiesCents: 9382, gapCents: 348, surplusCents: 0 }],
    ['moves from the place to the operator where the note is given up, and closes only by what is paid in',
      [{ issuance: { prefund: -400 }, settlement: { losses: 386, commons: -16, fee_income: -32, vat_collected: -6 } }],
      { state: 'gap', liabilitiesCents: 9382, gapCents: 348, surplusCents: 0, gap: expect.arrayContaining([{ ledger: 'settlement', account: 'losses', amountCents: 386 }]) }],
    ['counts as owed what one ledger gave and the other has not taken', [{ redemption: { outstanding: -7000, clearing: 7000 } }],
      { underWayCents: 1000, liabilitiesCents: 7986, surplusCents: 48, state: 'covered' }],
    ['counts once what was undone and settlement has not heard of', [{ redemption: { outstanding: -9000, clearing: 9000 } }],
      { underWayCents: -1000, liabilitiesCents: 9986, surplusCents: 48, state: 'covered' }],
    ['differs where a line of the bank is missing from the books', [{ settlement: { [BANK]: 8034, clearing: -7000 } }, [bank(9034, 8034)]], { state: 'differs' }],
    ['does not differ where a line explains it', [{}, [bank(8914, 9034, { unaccountedCents: 0, differences: [{ what: 'unexplained_debit', reference: null, amountCents: -120 }] })]],
      { state: 'uncovered', surplusCents: -72 }],
    ['is uncovered where the bank has less than is owed', [{}, [bank(8000, 8000, { unaccountedCents: 0 })]], { state: 'uncovered', surplusCents: -986 }],
    ['is uncovered where nothing was ever stated', [{}, []], { state: 'uncovered' }],
  ])('%s', (_, [balances, stated], expected) => {
    expect(stateOf(balances, stated)).toMatchObject(expected);
  });
});
