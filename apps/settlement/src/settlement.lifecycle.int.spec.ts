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
    // Audit is also told the totals of the day, when their turn comes.
    expect(await world.rows(`select receiver, count(*)::int as count from settlement.sent_batch, jsonb_array_elements(messages) m
      where m->>'type' = 'fee_rule.published.v1' group by receiver order by receiver`)).toEqual([
      { receiver: 'audit', count: 1 }, { receiver: 'redemption', count: 1 },
    ]);
    expect(await world.lifecycle.idle()).toBe(false);
  });
});
