import { describe, expect, it } from '@jest/globals';
import { idOf, localDate } from '#libs/kernel';
import { decideSignOff, type SignableVintage } from './sign-off-vintage.decision.js';

const batch = {
  batchId: idOf('batch', '01900000-0000-7000-8000-000000000008'), orderId: idOf('order', '01900000-0000-7000-8000-000000000006'),
  claimableUntil: localDate('2027-01-31'), issuedCount: 10, handedOverCount: 2, spendableCount: 10, startedCount: 1, leftCents: 9_000,
};
const vintage: SignableVintage = { step: 'fifteen_days', batches: [batch], signed: [], sha256: 'a' };

describe('a sign-off', () => {
  it.each<[string, Partial<SignableVintage>, string, object | undefined]>([
    ['is taken of what was seen', {}, 'a', undefined],
    ['needs vouchers that have come to the step', { batches: [] }, 'a', { code: 'vintage_not_found' }],
    ['is made once', { signed: ['fifteen_days'] }, 'a', { code: 'vintage_signed_off' }],
    ['of the seventh day follows that of the fifteenth', { step: 'seven_days' }, 'a', { code: 'vintage_step_before' }],
    ['of the seventh day is taken then', { step: 'seven_days', signed: ['fifteen_days'] }, 'a', undefined],
    ['is of the figures that are shown now', {}, 'b', { code: 'vintage_hash_differs' }],
    ['says that it was made before it says that figures differ', { signed: ['fifteen_days'] }, 'b', { code: 'vintage_signed_off' }],
  ])('%s', (_, over, saw, expected) => {
    const outcome = decideSignOff({ ...vintage, ...over }, saw);
    if (expected) expect(outcome).toMatchObject(expected);
    else expect(outcome).toBeUndefined();
  });
});
