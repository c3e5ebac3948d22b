import { describe, expect, it } from '@jest/globals';
import { REFUSALS } from '../refusals.js';
import { decideOwn, decideStop } from './stop-vouchers.decision.js';

const batch = { count: 10 };
const named = (...indices: (number | undefined)[]) => ({ vouchers: indices.map((index) => ({ serial: `serial ${index}`, index })) });

describe('a stop by a distributor', () => {
  const arrival = (distributorId: string | null, first: number, last: number) => ({ distributorId, first, last });
  it.each<[string, [first: number, last: number][], ReturnType<typeof arrival>[], object | undefined]>([
    ['hits what it received', [[2, 3]], [arrival('own', 0, 9)], undefined],
    ['hits what it received in two parts', [[2, 7]], [arrival('own', 5, 9), arrival('own', 0, 4)], undefined],
    ['hits what another had before it', [[2, 3]], [arrival('own', 0, 9), arrival('other', 0, 9)], undefined],
    ['misses what it sent on', [[2, 7]], [arrival('other', 5, 9), arrival('own', 0, 9)], { first: 5, last: 7 }],
    ['misses what it gave back', [[2, 7]], [arrival(null, 7, 7), arrival('own', 0, 9)], { first: 7, last: 7 }],
    ['misses what nobody received', [[2, 3]], [], { first: 2, last: 3 }],
    ['misses what it received in part', [[8, 8], [0, 1]], [arrival('own', 1, 9)], { first: 0, last: 0 }],
  ])('%s', (_, asked, arrivals, details) => {
    const refusal = decideOwn(asked.map(([first, last]) => ({ first, last })), { distributorId: 'own', arrivals });
    expect(refusal).toEqual(details && { kind: 'rejected', code: 'range_not_held', details });
  });

  it('is not asked of the operator', () => {
    expect(decideOwn([{ first: 0, last: 9 }], null)).toBeUndefined();
  });
});

describe('a stop', () => {
  it.each([
    ['an unknown batch', undefined, { range: { first: 0, last: 0 } }, 'batch_not_found', {}],
    ['a range that begins after its end', batch, { range: { first: 5, last: 4 } }, 'range_outside_batch', { count: 10 }],
    ['a range that ends beyond the batch', batch, { range: { first: 5, last: 10 } }, 'range_outside_batch', { count: 10 }],
    ['a serial of another batch', batch, named(1, undefined), 'serial_not_in_batch', { serial: 'serial undefined' }],
    ['a serial beyond the batch', batch, named(10), 'serial_not_in_batch', { serial: 'serial 10' }],
  ])('refuses %s', (_, known, which, code, details) => {
    expect(decideStop(known, which)).toEqual({ kind: 'rejected', code, details });
    expect(Object.keys(REFUSALS)).toContain(code);
  });

  it('hits a range as given', () => {
    expect(decideStop(batch, { range: { first: 0, last: 9 } })).toEqual({ kind: 'stopped', ranges: [{ first: 0, last: 9 }], count: 10 });
  });

  it('joins neighbours and counts a voucher that is named twice once', () => {
    expect(decideStop(batch, named(3, 1, 2, 7, 2, 9, 8))).toEqual({ kind: 'stopped', ranges: [{ first: 1, last: 3 }, { first: 7, last: 9 }], count: 6 });
  });
});
