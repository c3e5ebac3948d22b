import { describe, expect, it } from '@jest/globals';
import type { Ledger } from '#libs/ledger';
import { Lettering, lettersOf } from './lettering.js';

type Line = readonly [account: string, cents: number, day: string];

function lettered(lines: readonly Line[], ledger: Ledger = 'settlement'): (string | undefined)[] {
  const lettering = new Lettering();
  for (const [account, cents, day] of lines) lettering.learn(ledger, account, BigInt(cents), day);
  lettering.learned();
  return lines.map(([account, cents]) => lettering.of(ledger, account, BigInt(cents))).map((found) => found && `${found.letters} ${found.day}`);
}

describe('the lettering of an account', () => {
  it.each<[string, readonly Line[], (string | undefined)[]]>([
    ['joins a statement and its payment', [['payable:p', -966, '2026-03-01'], ['payable:p', 966, '2026-03-10']], ['AA 2026-03-10', 'AA 2026-03-10']],
    ['begins anew after each zero', [['payable:p', -1, '2026-03-01'], ['payable:p', 1, '2026-03-02'], ['payable:p', -2, '2026-04-01'], ['payable:p', 2, '2026-04-02']],
      ['AA 2026-03-02', 'AA 2026-03-02', 'AB 2026-04-02', 'AB 2026-04-02']],
    ['joins two statements that one payment settles', [['payable:p', -1, '2026-03-01'], ['payable:p', -2, '2026-03-02'], ['payable:p', 3, '2026-03-03']],
      ['AA 2026-03-03', 'AA 2026-03-03', 'AA 2026-03-03']],
    ['leaves open what is open at the end', [['payable:p', -1, '2026-03-01'], ['payable:p', 1, '2026-03-02'], ['payable:p', -2, '2026-04-01']],
      ['AA 2026-03-02', 'AA 2026-03-02', undefined]],
    ['keeps payees apart', [['payable:p', -1, '2026-03-01'], ['payable:q', 1, '2026-03-02']], [undefined, undefined]],
    ['is not asked of accounts without a third party', [['bank:b', 1, '2026-03-01'], ['bank:b', -1, '2026-03-01'], ['payable', 1, '2026-03-01'], ['payable', -1, '2026-03-01']],
      [undefined, undefined, undefined, undefined]],
  ])('%s', (_what, lines, letters) => {
    expect(lettered(lines)).toEqual(letters);
  });

  it('never uses the same letters for two groups', () => {
    const letters = Array.from({ length: 20_000 }, (_, group) => lettersOf(group));
    expect(letters.slice(0, 3)).toEqual(['AA', 'AB', 'AC']);
    expect([letters[25], letters[26], letters[675], letters[676]]).toEqual(['AZ', 'BA', 'ZZ', 'BAA']);
    expect(new Set(letters).size).toBe(letters.length);
  });
});
