import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideApproval, type Waiting } from './approve-tariff.decision.js';

const TODAY = localDate('2026-03-10');
const waiting: Waiting = { from: localDate('2026-03-01'), needsApproval: true, isApproved: false, isLatest: true };

describe('a raise', () => {
  it.each([['2026-03-01', '2026-03-10'], ['2026-03-10', '2026-03-10'], ['2026-04-01', '2026-04-01']])(
    'of %s that is approved today counts from %s', (from, expected) => {
      expect(decideApproval({ ...waiting, from: localDate(from) }, TODAY)).toBe(expected);
    });

  it.each<[string, Waiting | undefined, string]>([
    ['nobody declared', undefined, 'tariff_not_found'],
    ['is none', { ...waiting, needsApproval: false }, 'tariff_counts_already'],
    ['was approved', { ...waiting, isApproved: true }, 'tariff_counts_already'],
    ['was approved, and followed by another', { ...waiting, isApproved: true, isLatest: false }, 'tariff_counts_already'],
    ['was followed by another', { ...waiting, isLatest: false }, 'tariff_superseded'],
  ])('that %s is not approved', (_, tariff, code) => {
    expect(decideApproval(tariff, TODAY)).toEqual({ kind: 'rejected', code, details: {} });
  });
});
