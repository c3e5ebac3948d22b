import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClaimLineRejectedV1, type BodyOf } from '#libs/contracts';
import { IssuanceWorld, plain, type PlacedOrder } from '../../../../test/builders/issuance-world.js';

let world: IssuanceWorld;
let payers: [string, string];
let order: PlacedOrder;
let batchId: string;

const shares = () => [{ payerId: payers[0], basisPoints: 7000 }, { payerId: payers[1], basisPoints: 3000 }];

/** Two payers of one order, 70 and 30 %, all of it activated: no cover is left. */
beforeAll(async () => {
  world = await IssuanceWorld.create();
  payers = [await world.payer(), await world.payer()];
  order = await world.order({ shares: shares() });
  for (const share of order.shares) await world.fund(share, share.amountCents);
  batchId = await world.batch(order.orderId);
  await world.done(`batches/${batchId}/activations`, {});
});
afterAll(() => world.close());

const cover = (payerId: string) => world.prefund({ programmeId: order.programmeId, payerId });
const claim = (over: Partial<BodyOf<typeof ClaimLineRejectedV1>> = {}): BodyOf<typeof ClaimLineRejectedV1> => ({
  claimLineId: randomUUID(), holdId: randomUUID(), redemptionId: randomUUID(), batchId: plain(batchId), amountCents: 1000, currency: 'EUR',
  reason: 'fraud', ...over,
});

describe('a rejected claim', () => {
  it('is cover of the payers again, and pays for other vouchers of the programme', async () => {
    expect([await cover(payers[0]), await cover(payers[1])]).toEqual([0, 0]);
    const before = await world.balance('clearing:settlement');
    await world.take(ClaimLineRejectedV1, claim());
    expect([await cover(payers[0]), await cover(payers[1])]).toEqual([700, 300]);
    expect(await world.balance('clearing:settlement')).toBe(before - 1000);
    expect(await world.rows('select rule, count(*)::int as transfers from issuance.transfer where rule = $1 group by 1', ['11']))
      .toEqual([{ rule: '11', transfers: 2 }]);

    const another = await world.order({ programmeId: order.programmeId, count: 1, shares: shares() });
    await world.done(`batches/${await world.batch(another.orderId)}/activations`, {});
    expect([await cover(payers[0]), await cover(payers[1])]).toEqual([0, 0]);
  });

  it('counts once, and a claim of a batch that is not ours, or beyond the order, is a fault that somebody reads', async () => {
    const once = claim();
    await world.take(ClaimLineRejectedV1, once);
    await expect(world.take(ClaimLineRejectedV1, once)).rejects.toThrow('rejected_claim');
    await expect(world.take(ClaimLineRejectedV1, claim({ batchId: randomUUID() }))).rejects.toThrow('which issuance never made');
    await expect(world.take(ClaimLineRejectedV1, claim({ amountCents: 9_000 }))).rejects.toThrow('are not within an order');
    expect([await cover(payers[0]), await cover(payers[1])]).toEqual([700, 300]);
  });

  it('is refused by the database when more comes back than was activated', async () => {
    const unused = await world.order({ programmeId: order.programmeId });
    const unusedBatch = await world.batch(unused.orderId);
    await expect(world.take(ClaimLineRejectedV1, claim({ batchId: plain(unusedBatch) }))).rejects.toThrow('cannot get back 1000');
  });
});
