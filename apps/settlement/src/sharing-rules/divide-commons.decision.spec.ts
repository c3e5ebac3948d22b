import { describe, expect, it } from '@jest/globals';
import { cents, localDate, type ProgrammeId } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import { divideCommons, intoPools } from './divide-commons.decision.js';
import type { SharingRule } from './sharing-rule.decision.js';

const rule = (localBasisPoints: number, version = 1): SharingRule =>
  ({ version, from: localDate('2026-01-01'), operatorCapBasisPoints: 300, localBasisPoints, deciders: ['a', 'b'] });
const given = (programme: string, commons: number) => ({ programmeId: programme as ProgrammeId, commons: cents(commons) });
const rules = (over: Record<string, SharingRule>) => new Map(Object.entries(over)) as unknown as ReadonlyMap<ProgrammeId, SharingRule>;
const divided = (of: ReturnType<typeof given>[], by: ReturnType<typeof rules>) =>
  divideCommons(of, by).map(({ programmeId, local, national }) => [programmeId, Number(local), Number(national)]);

describe('what the commons get', () => {
  it.each<[string, ReturnType<typeof given>[], ReturnType<typeof rules>, [string, number, number][]]>([
    ['is the national pool’s where there is no rule', [given('p', 10)], rules({}), []],
    ['is divided by the rule of its programme', [given('p', 10)], rules({ p: rule(6_000) }), [['p', 6, 4]]],
    ['gives the odd cent to the larger remainder', [given('p', 10)], rules({ p: rule(6_700) }), [['p', 7, 3]]],
    ['gives a cent that both could have to the programme', [given('p', 1)], rules({ p: rule(5_000) }), [['p', 1, 0]]],
    ['is divided once a programme, whatever its fee rules', [given('p', 1), given('p', 1), given('p', 1)], rules({ p: rule(5_000) }), [['p', 2, 1]]],
    ['keeps programmes apart', [given('p', 10), given('q', 20), given('r', 7)], rules({ p: rule(10_000), q: rule(0) }), [['p', 10, 0], ['q', 0, 20]]],
    ['takes nothing back from a pool: the others bear it', [given('p', -4), given('q', 10)], rules({ p: rule(10_000), q: rule(5_000) }), [['q', 3, 3]]],
    ['is nothing where nothing was given', [given('p', 0)], rules({ p: rule(5_000) }), []],
  ])('%s', (_, of, by, expected) => {
    expect(divided(of, by)).toEqual(expected);
  });

  it('moves into the pools, the national one with what no rule gives away', () => {
    const shares = divideCommons([given('p', 10)], rules({ p: rule(6_000) }));
    const from = accounts.clearing('issuance');
    const moves = (commons: number) => intoPools(from, cents(commons), shares, 'general').map(({ debit, credit, amount }) => [debit, credit, Number(amount)]);
    expect(moves(25)).toEqual([[from, 'commons:general', 19], [from, 'commons:p', 6]]);
    expect(moves(6)).toEqual([[from, 'commons:p', 6]]);
  });
});
