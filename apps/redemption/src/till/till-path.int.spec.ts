// What makes the till's path fast, as far as a test can see it without a clock: its plans, and how many share a commit. A plan
// is made once per connection, often while the tables are still empty, and must read vouchers by the hash of their codes.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import { cents, idOf } from '#libs/kernel';
import { fixedClock } from '#libs/testing';
import { NOON, RedemptionWorld, wordOf } from '../../../../test/builders/redemption-world.js';
import { Collector } from './collector.js';
import { TillPool } from './till-pool.js';

jest.setTimeout(60_000);

let world: RedemptionWorld;
let pool: TillPool;
let collector: Collector;

beforeAll(async () => {
  world = await RedemptionWorld.create();
  pool = new TillPool(world.database.urlFor('redemption'));
  collector = new Collector({ pool, clock: fixedClock(NOON), log: { error: () => {} } });
});
afterAll(async () => {
  await collector.stop();
  await world.close();
});

/** The plan that this very connection keeps for a statement that it has prepared. */
async function planOf(client: pg.Client, statement: string, values: readonly string[]): Promise<string> {
  const list = values.map((value) => client.escapeLiteral(value)).join(', ');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute "${statement}"(${list})`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe('a plan made on empty tables', () => {
  it('finds vouchers by their hash when there are twenty thousand of them', async () => {
    const programmeId = await world.programme();
    const placeId = await world.place({ accreditedFor: programmeId });
    // Plans the statements of a yes and of a no while the tables hold one voucher.
    const { macs: [only] } = await world.vouchers(programmeId);
    const hold = world.attempt(only!, placeId);
    await collector.submit({ ...hold, step: { kind: 'authorise', holdMs: 60_000 } });
    const [key, authorised] = [idOf('redemption', world.newId()), cents(1_000)];
    const words = await Promise.all([
      collector.submit({ ...hold, step: { kind: 'confirm', key, authorised } }), collector.submit(world.attempt(only!, placeId)),
    ]);
    expect(words.map(wordOf)).toEqual(['redeemed', 'voucher_used']);
    await world.vouchers(programmeId, { count: 20_000 });

    const client = await pool.client();
    const lock = await planOf(client, 'lock', [`{${only}}`]);
    expect(lock).toContain('voucher_code_mac_key');
    expect(lock).toMatch(/Index Cond: \(code_mac = ANY/);
    for (const [statement, index] of [['done', 'redemption_pkey'], ['refused', 'refused_redemption_pkey'], ['refused', 'authorisation_pkey'],
      ['authorised', 'authorisation_pkey'], ['cancelled', 'cancelled_authorisation_pkey']]) {
      expect(await planOf(client, statement!, [`{${only}}`])).toMatch(new RegExp(`(using|on) ${index}`));
    }
    const none = (count: number) => Array.from({ length: count }, () => '{}');
    const redeem = await planOf(client, 'redeem', [...none(15), '[]', ...none(3), NOON, ...none(9)]);
    expect(redeem).toMatch(/Index Scan using voucher_code_mac_key on voucher v[^\n]*\n\s+Index Cond: \(code_mac = /);
    const holds = await planOf(client, 'hold', ['[]', '[]', NOON, ...none(4)]);
    expect(holds).toMatch(/Index Scan using voucher_code_mac_key on voucher v[^\n]*\n\s+Index Cond: \(code_mac = /);
    for (const plan of [lock, redeem, holds]) expect(plan).not.toMatch(/Seq Scan|Merge Join|Hash Join/);
  });
});

describe('sixteen tills', () => {
  // A lock that is held over a commit, or a batch that waits for one till, would make it a commit each.
  it('share their commits', async () => {
    const programmeId = await world.programme();
    const placeId = await world.place({ accreditedFor: programmeId });
    const { macs } = await world.vouchers(programmeId, { count: 160 });
    const words = await Promise.all(Array.from({ length: 16 }, async (_, till) => {
      const answers = [];
      for (const mac of macs.slice(till * 10, till * 10 + 10)) answers.push(wordOf(await collector.submit(world.attempt(mac, placeId))));
      return answers;
    }));
    expect(new Set(words.flat())).toEqual(new Set(['redeemed']));
    const { rows: [told] } = await world.admin.query<{ redeemed: string; commits: string }>(
      'select count(*) as redeemed, count(distinct outbox_id) as commits from redemption.redemption where place_id = $1', [placeId]);
    expect(Number(told!.redeemed)).toBe(160);
    expect(Number(told!.commits)).toBeLessThanOrEqual(40);
  });
});
