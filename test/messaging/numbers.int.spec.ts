// Numbers without gaps, whoever writes and whoever relays.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '#libs/testing';
import { engineNames } from './support/engines.js';
import { routingOf } from './support/messages.js';
import { emitFacts, upTo, World } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

describe.each(engineNames())('numbers on %s', (engine) => {
  let world: World;
  beforeEach(async () => { world = await World.open(engine); });
  afterEach(() => world.close());

  it('loses nothing of sixteen writers who commit late and out of order', async () => {
    const issuance = await world.start('issuance');
    await world.start('redemption');
    const rows = 20;
    // Each writer draws its outbox id early and commits after others that drew theirs later.
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      for (let row = 0; row < rows; row += 1) {
        const n = writer * rows + row;
        await issuance.work.once({ kind: 'process', name: 'test', correlationId: 'test' }, async (tx) => {
          const messages = JSON.stringify([fact(tx.newId(), n)]);
          await tx.sql.$executeRawUnsafe(`insert into issuance.outbox (messages) values ($1::jsonb)`, messages);
          await tx.sql.$queryRawUnsafe(`select pg_sleep($1::float8 / 1000)::text`, (n * 7) % 12);
          return null;
        });
      }
    });
    await Promise.all(writers);
    await until('all effects', async () => await world.effectCount() >= 16 * rows);
    expect(await world.effects()).toEqual(Array.from({ length: 16 * rows }, (_, n) => n));
    await expectUnbroken(world, 16 * rows);
  });

  it('lets two relays of one service share the work without doubling a number', async () => {
    const first = await world.start('issuance');
    const second = await world.start('issuance');
    await world.start('redemption');
    await Promise.all(upTo(200).map((n) => emitFacts(n % 2 ? first : second, [n])));
    await until('all effects', async () => await world.effectCount() >= 200);
    expect(await world.effects()).toEqual(upTo(200));
    await expectUnbroken(world, 200);
  });

  it('fills batches while it is behind, and numbers each receiver for itself', async () => {
    const issuance = await world.start('issuance', { started: false });
    for (let from = 0; from < 1200; from += 100) await emitFacts(issuance, upTo(100).map((n) => from + n));
    await world.start('issuance', { routing: routingOf(true) });
    await world.start('redemption');
    await until('all effects', async () => await world.effectCount() >= 1200);
    const { rows } = await world.admin.query(
      `select receiver, batch_no::int, first_seq::int, last_seq::int, count from issuance.sent_batch order by 1, 2`,
    );
    const cut = [[1, 1, 500, 500], [2, 501, 1000, 500], [3, 1001, 1200, 200]];
    const expected = ['audit', 'redemption'].flatMap((receiver) => cut.map((one) => [receiver, ...one]));
    expect(rows.map((row) => Object.values(row))).toEqual(expected);
  });
});

const fact = (id: string, n: number) => ({
  id, type: 'test.fact.v1', subject: `test:${n}`, subjectVersion: 1, occurredAt: '2026-01-01T00:00:00.000Z', causationId: null,
  correlationId: 'test', actor: { kind: 'system', id: 'test' }, body: { n },
});

/** The sender's numbers, the batches' numbers and the receiver's inbox tell the same story, without a hole. */
async function expectUnbroken(world: World, count: number): Promise<void> {
  expect(await world.count('select last_seq n from issuance.relay_position')).toBe(count);
  expect(await world.count('select count(*) n from issuance.outbox')).toBe(0);
  expect(await world.count('select count(distinct seq) n from redemption.inbox')).toBe(count);
  const { rows: [numbers] } = await world.admin.query(`
    select count(*)::int as batches, max(batch_no)::int as last, sum(count)::int as messages,
      bool_and(first_seq = before + 1) as unbroken
    from (select *, lag(last_seq, 1, 0) over (order by batch_no) as before from issuance.sent_batch where receiver = 'redemption') b`);
  expect(numbers).toMatchObject({ last: (numbers as { batches: number }).batches, messages: count, unbroken: true });
  const { rows: [rows] } = await world.admin.query(`
    select bool_and(first_seq = before + 1) as unbroken, max(last_seq)::int as last
    from (select *, lag(last_seq, 1, 0) over (order by first_seq) as before from issuance.numbered) b`);
  expect(rows).toEqual({ unbroken: true, last: count });
  await until('everything acknowledged', async () =>
    await world.count('select count(*) n from issuance.sent_batch where acknowledged_at is null') === 0);
}
