import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedOfRun } from '#libs/testing';
import { cents, idOf, localDate, ZERO } from '#libs/kernel';
import { decideExpiry, expiryPosting, nextChunk, type ExpirableBatch } from './expire-batch.decision.js';

const batchId = idOf('batch', '01900000-0000-7000-8000-000000000008');
const runId = idOf('expiryRun', '01900000-0000-7000-8000-000000000011');
const batch: ExpirableBatch = { batchId, claimableUntil: localDate('2027-01-31'), loading: false, left: cents(8_000), latestRun: null };
const AFTER = '2027-02-01T12:00:00Z';

describe('an expiry run', () => {
  it.each<[string, Partial<ExpirableBatch>, string, object]>([
    ['starts when the last day is over even where it ends last', {}, AFTER, { kind: 'start' }],
    ['waits while it is still the last day at UTC-12', {}, '2027-02-01T11:59:59.999Z', { code: 'claims_open', details: { claimableUntil: '2027-01-31' } }],
    ['waits on the last day itself', {}, '2027-01-31T12:00:00Z', { code: 'claims_open' }],
    ['waits for vouchers that are activated and still being loaded', { loading: true }, AFTER, { code: 'batch_loading' }],
    ['speaks of the date before it speaks of the loading', { loading: true }, '2027-01-01T00:00:00Z', { code: 'claims_open' }],
    ['starts for a batch that was never activated: there is an end to tell', { left: ZERO }, AFTER, { kind: 'start' }],
    ['is the one that is open, when one is', { latestRun: { runId, finished: false } }, AFTER, { kind: 'known', runId }],
    ['is the finished one, when it left nothing', { latestRun: { runId, finished: true }, left: ZERO }, AFTER, { kind: 'known', runId }],
    ['starts again for what came after the finished one', { latestRun: { runId, finished: true } }, AFTER, { kind: 'start' }],
  ])('%s', (_, over, now, expected) => {
    expect(decideExpiry({ ...batch, ...over }, new Date(now))).toMatchObject(expected);
  });

  it('posts row 22, from the holders to the payers', () => {
    expect(expiryPosting(batchId, 'custody', cents(500))).toEqual({
      rule: '22', custodyAccountId: 'custody',
      transfers: [{ debit: `outstanding:${batchId}`, credit: 'clearing:issuance', amount: 500n, currency: 'EUR' }],
    });
  });

  it('goes over every voucher of the batch exactly once, in chunks within the bound', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 60 }), (count, chunkMax) => {
      const seen: number[] = [];
      for (let chunk = nextChunk(0, count, chunkMax); chunk; chunk = nextChunk(chunk.last + 1, count, chunkMax)) {
        expect(chunk.last - chunk.first + 1).toBeLessThanOrEqual(chunkMax);
        for (let index = chunk.first; index <= chunk.last; index += 1) seen.push(index);
      }
      expect(seen).toEqual(Array.from({ length: count }, (_, index) => index));
    }), { seed: Number.parseInt(seedOfRun(), 10) || 1 });
  });
});
