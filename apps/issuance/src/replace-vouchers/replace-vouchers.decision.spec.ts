import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { REFUSALS } from '../refusals.js';
import { decideReplacement, type ReplaceableBatch } from './replace-vouchers.decision.js';

const batch: ReplaceableBatch = {
  count: 20_000, claimableUntil: localDate('2027-01-31'), stopped: true, spendable: true, replaced: undefined,
};
const countMax = 10_000;
const today = localDate('2027-01-31');

describe('a replacement', () => {
  it.each([
    ['vouchers of an unknown batch', undefined, [0, 9], today, 'batch_not_found', {}],
    ['vouchers that nobody can claim any more', batch, [0, 9], localDate('2027-02-01'), 'vouchers_expired', { claimableUntil: '2027-01-31' }],
    ['a range that begins after its end', batch, [9, 8], today, 'range_outside_batch', { count: 20_000 }],
    ['a range beyond the batch', batch, [0, 20_000], today, 'range_outside_batch', { count: 20_000 }],
    ['one voucher more than fit into one chunk', batch, [0, 10_000], today, 'range_too_large', { countMax: 10_000 }],
    ['vouchers that have one', { ...batch, replaced: { first: 3, last: 4 }, stopped: false }, [0, 9], today, 'range_already_replaced', { first: 3, last: 4 }],
    ['vouchers that were never activated', { ...batch, spendable: false, stopped: false }, [0, 9], today, 'range_not_spendable', {}],
    ['vouchers that can still be used', { ...batch, stopped: false }, [0, 9], today, 'range_not_stopped', {}],
  ] as const)('refuses %s', (...[, known, [first, last], day, code, details]) => {
    expect(decideReplacement(known, { first, last }, { today: day, countMax })).toEqual({ kind: 'rejected', code, details });
    expect(Object.keys(REFUSALS)).toContain(code);
  });

  it('is made for as many vouchers as are asked for', () => {
    expect(decideReplacement(batch, { first: 10_000, last: 19_999 }, { today, countMax })).toEqual({ kind: 'replaced', count: 10_000 });
  });
});
