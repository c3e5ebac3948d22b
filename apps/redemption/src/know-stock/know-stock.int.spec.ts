// What redemption knows of stock is the same in whatever order, and however often, it is told.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { RangeHandedOverV1, RangeReceivedV1, RangeReturnedV1 } from '#libs/contracts';
import { RedemptionApp } from '../../../../test/builders/redemption-app.js';
import { NOON } from '../../../../test/builders/redemption-world.js';

jest.setTimeout(60_000);

let app: RedemptionApp;
beforeAll(async () => { app = await RedemptionApp.create(); });
afterAll(() => app.close());

type Step = 'received' | 'handed over' | 'returned';
const permutations = <T>(items: readonly T[]): T[][] => (items.length < 2 ? [[...items]] : items.flatMap((item, at) =>
  permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest])));

describe('the copy of stock', () => {
  it.each(permutations<Step>(['received', 'handed over', 'returned', 'handed over']).map((order) => [order.join(', '), order] as const))(
    'is whole after %s', async (_, order) => {
      const [batchId, distributorId, deliveryOutcomeId, handOverId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
      const handOver = { handOverId, batchId, distributorId, first: 10, last: 19 };
      const steps: Record<Step, () => Promise<void>> = {
        received: () => app.take(RangeReceivedV1, { deliveryOutcomeId, deliveryId: uuidv7(), batchId, distributorId, first: 0, last: 99 }),
        'handed over': () => app.take(RangeHandedOverV1, handOver),
        returned: () => app.take(RangeReturnedV1, handOver),
      };
      for (const step of order) await steps[step]();
      const { rows } = await app.world.inspector.query('select * from redemption.known_stock where batch_id = $1 order by first', [batchId]);
      const [shared, at] = [{ batch_id: batchId, distributor_id: distributorId }, new Date(NOON)];
      expect(rows).toEqual([
        { range_id: deliveryOutcomeId, ...shared, first: 0, last: 99, received_at: at, handed_over_at: null, returned_at: null },
        { range_id: handOverId, ...shared, first: 10, last: 19, received_at: null, handed_over_at: at, returned_at: at },
      ]);
    });
});
