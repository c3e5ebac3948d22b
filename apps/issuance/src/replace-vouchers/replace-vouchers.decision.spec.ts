import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { REFUSALS } from '../refusals.js';
import { decideFromStock, decideOwner, decideQuota, decideReplacement, type ReplaceableBatch } from './replace-vouchers.decision.js';

const batch: ReplaceableBatch = {
  count: 20_000, claimableUntil: localDate('2027-01-31'), stopped: true, spendable: true, replaced: undefined,
};
const countMax = 10_000;
const today = localDate('2027-01-31');

describe('a distributor', () => {
  const range = { first: 0, last: 9 };
  it.each([
    ['within its month', { isOwn: true, vouchersPerMonth: 30, used: 20 }, undefined],
    ['one more than is left', { isOwn: true, vouchersPerMonth: 30, used: 21 }, { code: 'replacement_quota_exceeded', details: { left: 9, vouchersPerMonth: 30 } }],
    ['after its quota was lowered', { isOwn: true, vouchersPerMonth: 5, used: 21 }, { code: 'replacement_quota_exceeded', details: { left: 0 } }],
    ['that another has', { isOwn: false, vouchersPerMonth: 30, used: 0 }, { code: 'range_not_yours', details: range }],
  ])('replaces vouchers %s, or is refused', (_, own, refused) => {
    const decided = decideOwner(range, own) ?? decideQuota(range, own);
    if (refused) expect(decided).toMatchObject(refused);
    else expect(decided).toBeUndefined();
  });

  it.each([
    ['as many of its stock, though the old ones hold nothing', { ...batch, spendable: false }, 10, undefined],
    ['more than are replaced', batch, 11, 'replacement_count_differs'],
    ['for vouchers that are not stopped', { ...batch, stopped: false }, 10, 'range_not_stopped'],
    ['for vouchers that have a replacement', { ...batch, replaced: { first: 0, last: 0 } }, 10, 'range_already_replaced'],
  ])('gives %s, or is refused', (_, known, givenCount, code) => {
    expect(decideFromStock(known, range, { today, givenCount })?.code).toBe(code);
  });
});

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
