import { describe, expect, it } from '@jest/globals';
import type { AskedRange } from '../voucher-range.decision.js';
import { decideShipping, type ShippableBatch, type Shipping } from './ship-range.decision.js';

const BATCH: ShippableBatch = { count: 100, bookletSize: 10, state: 'loaded' };
const READY: Shipping = { distributorExists: true, isPrinted: true, shipped: undefined, stopped: undefined };

describe('a delivery', () => {
  it('ships whole booklets, a range of vouchers, or all', () => {
    expect(decideShipping(BATCH, { booklets: { first: 2, last: 3 } }, READY)).toEqual({ first: 10, last: 29 });
    expect(decideShipping(BATCH, { first: 95 }, READY)).toEqual({ first: 95, last: 99 });
    expect(decideShipping(BATCH, {}, READY)).toEqual({ first: 0, last: 99 });
  });

  it.each<[string, Partial<ShippableBatch> | undefined, AskedRange, Partial<Shipping>, string]>([
    ['of an unknown batch', undefined, {}, { distributorExists: false }, 'batch_not_found'],
    ['to an unknown distributor', {}, { last: 100 }, { distributorExists: false }, 'distributor_not_found'],
    ['of a range beyond the batch', { state: 'minting' }, { last: 100 }, {}, 'range_outside_batch'],
    ['of a batch that is still being minted', { state: 'minted' }, {}, { isPrinted: false }, 'batch_not_loaded'],
    ['of vouchers that nobody had printed', {}, {}, { isPrinted: false, shipped: { first: 0, last: 9 } }, 'range_not_printed'],
    ['of vouchers that left before', {}, {}, { shipped: { first: 0, last: 9 }, stopped: { first: 0, last: 9 } }, 'range_already_shipped'],
    ['of vouchers that no till takes', {}, {}, { stopped: { first: 3, last: 3 } }, 'range_stopped'],
  ])('%s is refused', (_, batch, asked, shipping, code) => {
    expect(decideShipping(batch && { ...BATCH, ...batch }, asked, { ...READY, ...shipping })).toMatchObject({ kind: 'rejected', code });
  });
});
