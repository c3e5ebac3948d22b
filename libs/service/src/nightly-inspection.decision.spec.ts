import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { dueInspection } from './nightly-inspection.decision.js';

describe('the inspection of a night', () => {
  it.each([
    ['is due at three in Paris', '2026-11-30T02:00:00Z', undefined, '2026-11-30'],
    ['is not due before', '2026-11-30T01:59:59Z', undefined, undefined],
    ['is due at three in summer, too', '2026-07-01T01:00:00Z', '2026-06-30', '2026-07-01'],
    ['is made up for by day, where nobody was there at night', '2026-11-30T15:00:00Z', '2026-11-28', '2026-11-30'],
    ['is once a day', '2026-11-30T15:00:00Z', '2026-11-30', undefined],
  ])('%s', (_, now, inspectedOn, expected) => {
    expect(dueInspection(new Date(now), inspectedOn === undefined ? undefined : localDate(inspectedOn))).toBe(expected);
  });
});
