import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MessagingLifecycle } from '#libs/service';
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
    expect(Object.keys(checks).sort()).toEqual(['database', 'disk', 'messages']);
    for (const check of Object.values(checks)) expect(await check()).toBe('ok');
    // The fee rule of the world waits for redemption and audit, who are not here: sent, and not acknowledged.
    await until('the outbox is empty', async () => (await world.count('outbox')) === 0);
    // Audit is also told the totals of the day, when their turn comes.
    expect(await world.rows(`select receiver, count(*)::int as count from settlement.sent_batch, jsonb_array_elements(messages) m
      where m->>'type' = 'fee_rule.published.v1' group by receiver order by receiver`)).toEqual([
      { receiver: 'audit', count: 1 }, { receiver: 'redemption', count: 1 },
    ]);
    expect(await world.lifecycle.idle()).toBe(false);
  });

  it('takes what it found broken of its own by the same queue, so that no money leaves', async () => {
    await world.admin.query(`set session_replication_role = replica;
      insert into settlement.guarded_balance values ('payable:${world.newId()}', 1); reset session_replication_role`);
    await (world.lifecycle as MessagingLifecycle).checkInvariants();
    await until('its own message has come back', async () => (await world.count('payout_stop')) > 0);
    expect(await world.rows('select service, invariant from settlement.payout_stop')).toEqual([{ service: 'settlement', invariant: 'L4g:settlement' }]);
  });
});
