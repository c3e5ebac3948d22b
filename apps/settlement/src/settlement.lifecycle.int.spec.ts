import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '#libs/testing';
import { SettlementWorld } from '../../../test/builders/settlement-world.js';

let world: SettlementWorld;

beforeAll(async () => {
  world = await SettlementWorld.create();
});
afterAll(() => world.close());

describe('settlement in the background', () => {
  it('starts with a consumer for every message that is routed to it, sends what was emitted, and comes to rest', async () => {
    await world.lifecycle.start();
    const checks = world.lifecycle.checks();
    expect(Object.keys(checks).sort()).toEqual(['database', 'messages']);
    for (const check of Object.values(checks)) expect(await check()).toBe(true);
    // The fee rule of the world waits for redemption and audit, who are not here: sent, and not acknowledged.
    await until('the outbox is empty', async () => (await world.count('outbox')) === 0);
    expect(await world.rows(`select receiver, count from settlement.sent_batch order by receiver`)).toEqual([
      { receiver: 'audit', count: 1 }, { receiver: 'redemption', count: 1 },
    ]);
    expect(await world.lifecycle.idle()).toBe(false);
  });
});
