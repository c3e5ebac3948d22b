// The queue may deliver a batch twice, to two hosts at once, and in any order.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { takenUpTo } from '#libs/messaging';
import { until } from '#libs/testing';
import { makeBatches, openCourier, readBatches } from './support/batches.js';
import { engineNames } from './support/engines.js';
import { QUICK, upTo, World, type Running } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

describe.each(engineNames())('delivery on %s', (engine) => {
  let world: World;
  let issuance: Running;
  let courier: Awaited<ReturnType<typeof openCourier>>;
  beforeEach(async () => {
    world = await World.open(engine);
    issuance = await world.start('issuance', { started: false });
    courier = await openCourier(world);
  });
  afterEach(async () => {
    await courier.close();
    await world.close();
  });

  const position = async ({ work }: Running) => takenUpTo(work.client, 'redemption', 'issuance');
  const nothingWaits = async () => await courier.queues.waitingCount('redemption.inbox') === 0;

  it('has its effects once when each batch comes five times, to three hosts', async () => {
    await makeBatches(issuance, [upTo(20), [21, 22], [23]]);
    const batches = await readBatches(world);
    const hosts = await Promise.all([1, 2, 3].map(() => world.start('redemption')));
    await Promise.all(upTo(5).flatMap(() => batches.map((batch) => courier.deliver(batch))));
    await until('everything taken', async () => (await position(hosts[0]!)).batchNo === 3 && await nothingWaits());
    await Promise.all(hosts.map((host) => host.stop()));
    expect(await world.effects()).toEqual(upTo(23));
  });

  it('has its effects once when two hosts hold the same batch at the same moment', async () => {
    await makeBatches(issuance, [upTo(3)]);
    const [batch] = await readBatches(world);
    const hosts = await Promise.all([1, 2].map(() => world.start('redemption')));
    // Whoever comes first waits for this lock with its transaction open; the second then waits for the first.
    const blocker = await world.admin.connect();
    await blocker.query('begin; lock table redemption.test_effect in exclusive mode');
    await courier.deliver(batch!);
    await courier.deliver(batch!);
    await until('both hosts wait', async () =>
      await world.count(`select count(*) n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`) === 2);
    await blocker.query('commit');
    blocker.release();
    await until('taken', async () => (await position(hosts[0]!)).batchNo === 1 && await nothingWaits());
    await Promise.all(hosts.map((host) => host.stop()));
    expect(await world.effects()).toEqual(upTo(3));
  });

  it('moves the position only over batches that are all there, in whatever order they come', async () => {
    const count = 12;
    await makeBatches(issuance, upTo(count).map((n) => [n]));
    const batches = await readBatches(world);
    const hosts = await Promise.all([1, 2].map(() => world.start('redemption', { timing: { ...QUICK, gapAlarmMs: 1 } })));
    // 7 first, 1 last: coprime steps visit each once.
    const shuffled = upTo(count - 1).map((step) => batches[1 + (step * 7) % (count - 1)]!);
    await Promise.all(shuffled.map((batch) => courier.deliver(batch)));
    await until('all but the first taken', async () => await world.effectCount() === count - 1);
    expect(await position(hosts[0]!)).toEqual({ batchNo: 0, seq: 0 });
    expect((await hosts[0]!.messaging.health()).alarms).toContain('missing_batch');
    await courier.deliver(batches[0]!);
    await until('all taken', async () => (await position(hosts[0]!)).batchNo === count);
    expect(await position(hosts[0]!)).toEqual({ batchNo: count, seq: count });
    expect(await world.effects()).toEqual(upTo(count));
    expect((await hosts[0]!.messaging.health()).alarms).not.toContain('missing_batch');
  });

  it('is acknowledged again when the acknowledgement was lost with its process', async () => {
    await makeBatches(issuance, [[1], [2]]);
    const host = await world.start('redemption');
    for (const batch of await readBatches(world)) await courier.deliver(batch);
    await until('taken', async () => (await position(host)).batchNo === 2);
    await host.stop();
    // As if it had died between its commit and the acknowledgement.
    await world.engine.loseEverything();
    await world.start('redemption');
    const relay = await world.start('issuance');
    await until('acknowledged', () => relay.messaging.idle());
    expect(await world.effects()).toEqual([1, 2]);
  });
});
