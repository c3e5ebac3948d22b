import { describe, expect, it } from '@jest/globals';
import { BatchExtendedV1 } from '#libs/contracts';
import { cents, ZERO } from '#libs/kernel';
import { decideExtension, type ExtendableBatch } from './extend-batch.decision.js';

const { batchId, custodyAccountId } = BatchExtendedV1.sample;
const extension = (amountCents: number) => ({ ...BatchExtendedV1.sample, amountCents });
const batch: ExtendableBatch = { expired: cents(8_000), runOpen: false, runStands: true };

describe('an extension', () => {
  it('gives back what expired, with row 24, to the holders from the payers', () => {
    expect(decideExtension(batch, extension(8_000))).toEqual({
      restores: true,
      posting: { rule: '24', custodyAccountId, transfers: [{ debit: 'clearing:issuance', credit: `outstanding:${batchId}`, amount: 8_000n, currency: 'EUR' }] },
    });
  });

  it.each<[string, Partial<ExtendableBatch>, boolean]>([
    ['changes two dates and nothing else before the vouchers expired', { runStands: false }, false],
    ['lifts the run of a batch that was used up', {}, true],
  ])('%s', (_, over, restores) => {
    expect(decideExtension({ ...batch, expired: ZERO, ...over }, extension(0))).toEqual({ restores, posting: undefined });
  });

  it.each<[string, Partial<ExtendableBatch>, number]>([
    ['a run is at work', { runOpen: true }, 8_000],
    ['more expired than it says', {}, 7_999],
    ['less expired than it says', {}, 8_001],
    ['something expired and it speaks of nothing', {}, 0],
  ])('is a fault that somebody reads where %s', (_, over, amountCents) => {
    expect(() => decideExtension({ ...batch, ...over }, extension(amountCents))).toThrow(batchId);
  });
});
