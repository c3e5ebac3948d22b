// A plan is made once per connection, often while the tables are still empty, and kept while they fill. It must be one
// that reads vouchers by the hash of their codes all the same.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
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
    const words = await Promise.all([collector.submit(world.attempt(only!, placeId)), collector.submit(world.attempt(only!, placeId))]);
    expect(words.map(wordOf)).toEqual(['redeemed', 'voucher_used']);
    await world.vouchers(programmeId, { count: 20_000 });

    const client = await pool.client();
    const lock = await planOf(client, 'lock', [`{${only}}`]);
    expect(lock).toContain('voucher_code_mac_key');
    expect(lock).toMatch(/Index Cond: \(code_mac = ANY/);
    for (const [statement, index] of [['done', 'redemption_pkey'], ['refused', 'refused_redemption_pkey']]) {
      expect(await planOf(client, statement!, [`{${only}}`])).toMatch(new RegExp(`(using|on) ${index}`));
    }
    const none = (count: number) => Array.from({ length: count }, () => '{}');
    const redeem = await planOf(client, 'redeem', [...none(15), '[]', ...none(3), NOON, ...none(7)]);
    expect(redeem).toMatch(/Index Scan using voucher_code_mac_key on voucher v[^\n]*\n\s+Index Cond: \(code_mac = /);
    for (const plan of [lock, redeem]) expect(plan).not.toMatch(/Seq Scan|Merge Join|Hash Join/);
  });
});
