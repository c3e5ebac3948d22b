import { describe, expect, it } from '@jest/globals';
import type { Announced, LedgerName } from './coverage.decision.js';
import { nextStatement, type Stated } from './next-statement.decision.js';

const LETTERS: Readonly<Record<string, LedgerName>> = { I: 'issuance', R: 'redemption', S: 'settlement' };
/** `I1 2` is issuance's first totals, of 2 March, final; with `*`, of the day that runs. */
const announced = (...told: readonly string[]): Announced[] => told.map((text) => {
  const [, ledger = '', number, day = '', running] = /^([IRS])(\d+) (\d+)(\*)?$/.exec(text)!;
  return {
    ledger: LETTERS[ledger]!, eventId: text,
    totals: {
      number: Number(number), day: `2026-03-${day.padStart(2, '0')}`, final: running === undefined, cutAt: '2026-03-03T00:00:00.000Z', currency: 'EUR',
      lines: [{ custodyAccountId: 'c', programmeId: null, account: 'clearing', amountCents: 1 }], stated: [],
    },
  };
});
const stated = (day: number | null, numbers: Stated['numbers'] = {}): Stated => ({ finalDay: day === null ? null : `2026-03-0${day}`, numbers });

describe('the next statement of coverage', () => {
  it.each<[string, string[], Stated, string[] | undefined]>([
    ['is of the first day that all have told', ['I1 2', 'R1 2', 'S1 2'], stated(null), ['I1 2', 'R1 2', 'S1 2']],
    ['waits for the last of the three', ['I1 2', 'R1 2'], stated(null), undefined],
    ['waits for a day of one of them', ['I1 1', 'R1 1', 'S1 1', 'I2 2', 'R2 2'], stated(1), undefined],
    ['is of the days in order', ['I1 2', 'R1 2', 'S1 2', 'I2 3', 'R2 3', 'S2 3'], stated(null), ['I1 2', 'R1 2', 'S1 2']],
    ['goes on after the last', ['I1 2', 'R1 2', 'S1 2', 'I2 3', 'R2 3', 'S2 3'], stated(2), ['I2 3', 'R2 3', 'S2 3']],
    ['is none when all is stated', ['I1 2', 'R1 2', 'S1 2'], stated(2), undefined],
    ['has nothing of a ledger that began later', ['I1 2', 'R1 3', 'S1 2'], stated(null), ['I1 2', 'R1 3', 'S1 2']],
    ['is of the day that runs when all have told it', ['I1 2', 'R1 2', 'S1 2', 'I2 3*', 'R2 3*', 'S2 3*'], stated(2), ['I2 3*', 'R2 3*', 'S2 3*']],
    ['is no second one of the same totals', ['I1 2', 'R1 2', 'S1 2', 'I2 3*', 'R2 3*', 'S2 3*'], stated(2, { issuance: 2, redemption: 2, settlement: 2 }), undefined],
    ['is one more when one of them told something new', ['I1 2', 'R1 2', 'S1 2', 'I2 3*', 'R2 3*', 'S3 3*'], stated(2, { issuance: 2, redemption: 2, settlement: 2 }), ['I2 3*', 'R2 3*', 'S3 3*']],
    ['waits while one has not told the day that runs', ['I1 2', 'R1 2', 'S1 2', 'I2 3*', 'R2 3*'], stated(2), undefined],
  ])('%s', (_, told, before, expected) => {
    expect(nextStatement(announced(...told), before)?.map(({ eventId }) => eventId)).toEqual(expected);
  });

  it('makes the ledger that began later stand there with nothing', () => {
    expect(nextStatement(announced('I1 2', 'R1 3', 'S1 2'), stated(null))!.map(({ totals }) => totals.lines.length)).toEqual([1, 0, 1]);
  });
});
