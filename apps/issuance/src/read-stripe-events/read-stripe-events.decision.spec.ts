import { describe, expect, it } from '@jest/globals';
import { readingSince } from './read-stripe-events.decision.js';

const now = new Date('2026-03-02T10:00:00Z');
const at = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

describe('Stripe\'s list of events', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['is read whole the first time: Stripe keeps 30 days', undefined, '2026-01-31T10:00:00Z'],
    ['is not read again within the hour', '2026-03-02T09:00:01Z', undefined],
    ['is read after an hour, from an hour before where the last reading ended', '2026-03-02T09:00:00Z', '2026-03-02T08:00:00Z'],
    ['is read from where it was left, however long ago', '2026-02-10T00:00:00Z', '2026-02-09T23:00:00Z'],
    ['is not asked for what Stripe has forgotten', '2025-12-01T00:00:00Z', '2026-01-31T10:00:00Z'],
  ])('%s', (_, readUntil, since) => {
    expect(readingSince(at(readUntil), now)).toEqual(at(since));
  });
});
