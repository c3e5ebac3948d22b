import { describe, expect, it } from '@jest/globals';
import type { AskedRange } from '../voucher-range.decision.js';
import { decideConfirmation, type UnderWay } from './confirm-delivery.decision.js';

const DELIVERY: UnderWay = {
  batch: { count: 100, bookletSize: 10 }, shipped: { first: 20, last: 59 }, settled: [], unsettled: [{ first: 0, last: 99 }]
};

describe('what became of a delivery of booklets 3 to 6', () => {
  it.each<[string, Partial<UnderWay>, AskedRange[] | null, object]>([
    ['is all of it unless told', {}, null, { parts: [{ first: 20, last: 59 }], inTransitCount: 0, endsKey: false }],
    ['may be a part of it', {}, [{ booklets: { first: 3, last: 3 } }], { parts: [{ first: 20, last: 29 }], inTransitCount: 30, endsKey: false }],
    ['may be several parts', {}, [{ first: 50, last: 59 }, { first: 20, last: 20 }], { inTransitCount: 29 }],
    ['is by default what earlier confirmations left', { settled: [{ first: 30, last: 39 }] }, null,
      { parts: [{ first: 20, last: 29 }, { first: 40, last: 59 }], inTransitCount: 0 }],
    ['names what is missing', {}, [{ first: 25, last: 54 }], { missing: [{ first: 20, last: 24 }, { first: 55, last: 59 }], inTransitCount: 10 }],
    ['ends the key when it was the last of the batch', { unsettled: [{ first: 20, last: 29 }, { first: 50, last: 59 }] }, null, { endsKey: true }],
    ['ends no key that ended before, when vouchers travel again', { unsettled: [] }, null, { endsKey: false }],
    ['leaves the key while one voucher is under way', { unsettled: [{ first: 20, last: 59 }] }, [{ first: 20, last: 58 }], { inTransitCount: 1, endsKey: false }],
  ])('%s', (_, over, asked, expected) => {
    expect(decideConfirmation({ ...DELIVERY, ...over }, asked)).toMatchObject(expected);
  });

  it.each<[string, Partial<UnderWay>, AskedRange[] | null, string]>([
    ['more than was shipped', {}, [{ first: 19, last: 20 }], 'range_not_in_transit'],
    ['what has an outcome', { settled: [{ first: 20, last: 29 }] }, [{ first: 29, last: 30 }], 'range_not_in_transit'],
    ['one voucher twice', {}, [{ first: 20, last: 29 }, { booklets: { first: 3, last: 3 } }], 'range_not_in_transit'],
    ['nothing that is left', { settled: [{ first: 20, last: 59 }] }, null, 'range_not_in_transit'],
    ['what no batch has', {}, [{ booklets: { first: 11, last: 11 } }], 'range_outside_batch'],
  ])('is never %s', (_, over, asked, code) => {
    expect(decideConfirmation({ ...DELIVERY, ...over }, asked)).toMatchObject({ kind: 'rejected', code });
  });

  it('needs a delivery', () => {
    expect(decideConfirmation(undefined, null)).toMatchObject({ code: 'delivery_not_found' });
  });
});
