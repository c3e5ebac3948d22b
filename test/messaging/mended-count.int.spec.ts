// What a receiver can see of a message that somebody took out of a batch, and what it cannot.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { defineCatchAll, takenUpTo } from '#libs/messaging';
import { until } from '#libs/testing';
import { makeBatches, openCourier, readBatches } from './support/batches.js';
import { engineNames } from './support/engines.js';
import { upTo, World, type Running } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

const keepAll = defineCatchAll(async (message, tx, sender) => {
  await tx.sql.$executeRawUnsafe(
    `insert into audit.test_effect (sender, seq, n) values ($1, $2::bigint, $3::int)`,
    sender, message.seq, (message.body as { n: number }).n,
  );
});

describe.each(engineNames())('a batch without one of its messages on %s', (engine) => {
  let world: World;
  let courier: Awaited<ReturnType<typeof openCourier>>;
  let redemption: Running;
  let audit: Running;
  beforeEach(async () => {
    world = await World.open(engine);
    const issuance = await world.start('issuance', { started: false });
    await makeBatches(issuance, [upTo(3), [4, 5, 6], [7]], true);
    redemption = await world.start('redemption');
    audit = await world.start('audit', { consumers: [keepAll] });
    courier = await openCourier(world);
  });
  afterEach(async () => {
    await courier.close();
    await world.close();
  });

  const withoutMiddle = async (receiver: string, isMended: boolean) => {
    const batches = await readBatches(world, receiver);
    const [first, second, third] = batches;
    const messages = second!.messages.filter((_, index) => index !== 1);
    return [first!, { ...second!, messages, count: isMended ? messages.length : 3 }, third!] as const;
  };
  const deliverAll = async (receiver: string, batches: readonly object[]) => {
    for (const batch of batches) await courier.deliver(batch, receiver);
  };
  const lastTaken = (receiver: 'redemption' | 'audit', seq: number) => until(`${seq} taken`, async () =>
    await world.count(`select count(*) n from ${receiver}.test_effect where seq = ${seq}`) === 1);
  const position = ({ work }: Running) => takenUpTo(work.client, work.settings.schema, 'issuance');
  /** Batches are taken two at once: a later one may be committed before an earlier one. */
  const positionFrom = async (receiver: Running, batchNo: number) => {
    await until(`batch ${batchNo} taken`, async () => (await position(receiver)).batchNo >= batchNo);
    return position(receiver);
  };

  it('is refused by everybody while its count tells', async () => {
    await deliverAll('redemption', await withoutMiddle('redemption', false));
    await lastTaken('redemption', 7);
    expect(await positionFrom(redemption, 1)).toEqual({ batchNo: 1, seq: 3 });
    expect(await world.effects()).toEqual([1, 2, 3, 7]);
  });

  it('is taken by an ordinary receiver when the count was mended: it gets a part of the numbers and cannot miss one', async () => {
    await deliverAll('redemption', await withoutMiddle('redemption', true));
    await lastTaken('redemption', 7);
    await until('position', async () => (await position(redemption)).batchNo === 3);
    expect(await world.effects()).toEqual([1, 2, 3, 4, 6, 7]);
  });

  it('is seen by audit even with the count mended, because audit gets every number', async () => {
    await deliverAll('audit', await withoutMiddle('audit', true));
    await lastTaken('audit', 7);
    expect(await positionFrom(audit, 1)).toEqual({ batchNo: 1, seq: 3 });
    expect(await world.effects('audit')).toEqual([1, 2, 3, 7]);
  });

  it('is seen by audit when a whole batch is left out and the numbers of the next are mended', async () => {
    const [first, , third] = await readBatches(world, 'audit');
    await deliverAll('audit', [first!, { ...third!, batchNo: 2 }]);
    await lastTaken('audit', 7);
    expect(await positionFrom(audit, 1)).toEqual({ batchNo: 1, seq: 3 });
  });

  it('is seen by everybody when a number comes again with another message', async () => {
    const [first, second] = await readBatches(world);
    await deliverAll('redemption', [first!]);
    await until('taken', async () => (await position(redemption)).batchNo === 1);
    // As after a restore of the sender from an older copy: the same numbers, other facts.
    const reused = second!.messages.map((message, index) => ({ ...message, seq: index + 1 }));
    await deliverAll('redemption', [{ ...second!, messages: reused, firstSeq: 1, lastSeq: 3 }, { ...second!, batchNo: 1 }, second!]);
    await until('the true one taken', async () => await world.effectCount() === 6);
    expect(await world.effects()).toEqual(upTo(6));
    expect(await position(redemption)).toEqual({ batchNo: 2, seq: 6 });
  });
});
