import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { dueCuts, type TotalsState } from './due-cuts.decision.js';

const HOUR = 3_600_000;
const state = (over: Partial<TotalsState> = {}): TotalsState =>
  ({ today: localDate('2026-03-05'), now: new Date('2026-03-05T10:00:00Z'), last: undefined, firstDay: null, closedUpTo: 0, ...over });
const last = (finalDay: string, cutAt = '2026-03-05T09:30:00Z') => ({ number: 4, finalDay: localDate(finalDay), cutAt: new Date(cutAt), closedUpTo: 40 });

describe('the totals that are due', () => {
  it.each<[string, Partial<TotalsState>, 'due' | 'now', string[]]>([
    ['begin with yesterday where nothing was ever posted', {}, 'due', ['2026-03-04']],
    ['begin with yesterday where all was posted today', { firstDay: localDate('2026-03-05') }, 'due', ['2026-03-04']],
    ['begin with the day of the oldest transfer', { firstDay: localDate('2026-03-02') }, 'due', ['2026-03-02', '2026-03-03', '2026-03-04']],
    ['are none within an hour', { last: last('2026-03-04') }, 'due', []],
    ['are those of the day that runs after an hour', { last: last('2026-03-04', '2026-03-05T09:00:00Z') }, 'due', ['2026-03-05*']],
    ['are those of the day that runs when somebody asks', { last: last('2026-03-04') }, 'now', ['2026-03-05*']],
    ['are those of a close within the hour', { last: last('2026-03-04'), closedUpTo: 41 }, 'due', ['2026-03-05!']],
    ['are those of a close once', { last: last('2026-03-04'), closedUpTo: 40 }, 'due', []],
    ['are those of the first close of all', { closedUpTo: 7 }, 'due', ['2026-03-04', '2026-03-05!']],
    ['are each day that was missed, in order', { last: last('2026-03-01', '2026-03-01T09:00:00Z') }, 'due', ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05*']],
    ['are not more at once than one look takes', { last: last('2026-02-01') }, 'now', ['2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05']],
  ])('%s', (_, over, when, expected) => {
    const cuts = dueCuts(state(over), { when, everyMs: HOUR, daysMax: 4 });
    expect(cuts.map(({ day, final, atClose }) => (final ? day : `${day}${atClose ? '!' : '*'}`))).toEqual(expected);
  });
});
