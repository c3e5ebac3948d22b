import { describe, expect, it } from '@jest/globals';
import { REFUSALS } from '../refusals.js';
import { decideStop } from './stop-vouchers.decision.js';

const batch = { count: 10 };
const named = (...indices: (number | undefined)[]) => ({ vouchers: indices.map((index) => ({ serial: `serial ${index}`, index })) });

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
