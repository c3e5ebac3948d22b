// A consumer may take messages that follow each other in a few statements. What it leaves, and what fails, is taken as if it
// could not.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Contract, Envelope } from '#libs/contracts';
import { takenUpTo, type Consumer } from '#libs/messaging';
import { until } from '#libs/testing';
import { makeBatches, openCourier, readBatches } from './support/batches.js';
import { engineNames } from './support/engines.js';
import { FactV1 } from './support/messages.js';
import { effectOf, upTo, World, type Running } from './support/world.js';

jest.setTimeout(90_000);

const numberOf = ({ body }: Envelope): number => (body as { n: number }).n;
const ONE_BY_ONE = effectOf(FactV1 as unknown as Contract);

describe('messages that are taken together', () => {
  let world: World;
  let issuance: Running;
  let courier: Awaited<ReturnType<typeof openCourier>>;
  let runs: number[][];
  let alone: number[];
  beforeEach(async () => {
    world = await World.open(engineNames()[0]!);
    issuance = await world.start('issuance', { started: false });
    courier = await openCourier(world);
    [runs, alone] = [[], []];
  });
  afterEach(async () => {
    await courier.close();
    await world.close();
  });

  /** Leaves every fifth; throws when it is handed the number `poison`. */
  const consumer = (poison?: number): Consumer => ({
    type: FactV1.type,
    take: async (message, tx, sender) => {
      alone.push(numberOf(message));
      if (numberOf(message) === poison) throw new Error('poison');
      return ONE_BY_ONE.take(message, tx, sender);
    },
    takeAll: async (messages, tx, sender) => {
      runs.push(messages.map(numberOf));
      if (messages.some((message) => numberOf(message) === poison)) throw new Error('poison');
      const taken = messages.filter((message) => numberOf(message) % 5 !== 0);
      await tx.sql.$executeRawUnsafe(
        `insert into ${tx.schema}.test_effect (sender, seq, n) select $1, t.seq, t.n from unnest($2::bigint[], $3::int[]) as t(seq, n)`,
        sender, taken.map(({ seq }) => seq), taken.map(numberOf));
      return messages.filter((message) => !taken.includes(message));
    },
  });
  const deliver = async (times: number) => {
    for (const batch of await readBatches(world)) for (let time = 0; time < times; time += 1) await courier.deliver(batch);
  };
  const taken = ({ work }: Running, batchNo: number) => until('taken', async () =>
    (await takenUpTo(work.client, 'redemption', 'issuance')).batchNo === batchNo && await courier.queues.waitingCount('redemption.inbox') === 0);

  it('have their effects once though their batch comes three times, and what is left is taken one by one', async () => {
    await makeBatches(issuance, [upTo(12), [13]]);
    const host = await world.start('redemption', { consumers: [consumer()] });
    await deliver(3);
    await taken(host, 2);
    await host.stop();
    expect(await world.effects()).toEqual(upTo(13));
    expect(runs).toEqual([upTo(12)]);
    expect(alone).toEqual([5, 10, 13]);
  });

  it('are taken one by one when one of them fails, and the others keep their effects', async () => {
    await makeBatches(issuance, [upTo(6)]);
    const host = await world.start('redemption', { consumers: [consumer(4)] });
    await deliver(1);
    await until('buried', async () => await world.count('select count(*) n from redemption.dead_letter') === 1);
    await taken(host, 1);
    await host.stop();
    expect(await world.effects()).toEqual([1, 2, 3, 5, 6]);
    expect(new Set(alone)).toEqual(new Set(upTo(6)));
  });
});
