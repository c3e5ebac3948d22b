import { describe, expect, it } from '@jest/globals';
import { endOfDay } from './local-day.js';

describe('the end of a local day', () => {
  it.each([
    ['2026-01-31', '2026-01-31T22:59:59.999Z'], ['2026-07-31', '2026-07-31T21:59:59.999Z'],
    // The clocks change in the night before, so these days end as those after them.
    ['2026-03-29', '2026-03-29T21:59:59.999Z'], ['2026-10-25', '2026-10-25T22:59:59.999Z'],
  ])('of %s is %s', (day, instant) => {
    expect(endOfDay(day)).toBe(instant);
  });
});
