// The queue is disposable: whatever it loses, the relay sends again.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '#libs/testing';
import { engineNames } from './support/engines.js';
import { emitFacts, upTo, World, type Running } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

describe.each(engineNames())('a lost queue on %s', (engine) => {
  let world: World;
  let issuance: Running;
  beforeEach(async () => {
    world = await World.open(engine);
    issuance = await world.start('issuance');
    await world.start('redemption');
  });
  afterEach(() => world.close());

  const emitAll = async (from: number, to: number, every: number, lose: () => Promise<void>) => {
    for (let n = from; n <= to; n += 1) {
      await emitFacts(issuance, [n]);
      issuance.messaging.wake();
      if (n % every === 0) await lose();
    }
  };
  const settled = async (count: number) => {
    await until('all effects', async () => await world.effectCount() >= count, 30_000);
    await until('everything acknowledged', () => issuance.messaging.idle(), 30_000);
    expect(await world.effects()).toEqual(upTo(count));
  };

  it('costs nothing when it is emptied again and again while messages flow', async () => {
    await emitAll(1, 120, 10, () => world.engine.loseEverything());
    await settled(120);
  });

  it('costs nothing when it is restarted empty while messages flow', async () => {
    await emitAll(1, 60, 20, () => world.engine.restartEmpty());
    await settled(60);
    // And the workers still listen: one that sleeps on after an outage would look well.
    await emitFacts(issuance, [61]);
    await settled(61);
  });
});
