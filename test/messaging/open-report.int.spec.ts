// Somebody's report keeps a snapshot open all the while.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '#libs/testing';
import { engineNames } from './support/engines.js';
import { emitFacts, upTo, World } from './support/world.js';

jest.setTimeout(90_000);

describe.each(engineNames())('a report that stays open on %s', (engine) => {
  let world: World;
  beforeEach(async () => { world = await World.open(engine); });
  afterEach(() => world.close());

  it('holds no message up, whichever tables it has looked at', async () => {
    const [issuance] = [await world.start('issuance'), await world.start('redemption')];
    const report = await world.admin.connect();
    try {
      await report.query('begin transaction isolation level repeatable read');
      for (const table of ['issuance.outbox', 'issuance.sent_batch', 'redemption.inbox', 'redemption.inbox_position']) await report.query(`select count(*) from ${table}`);
      await report.query('create table audit.half_a_report (n int)');
      await emitFacts(issuance, upTo(20));
      await until('all effects', async () => await world.effectCount() === 20, 30_000);
      await until('everything acknowledged', () => issuance.messaging.idle(), 30_000);
      expect((await report.query<{ n: string }>('select count(*) as n from redemption.inbox')).rows[0]!.n).toBe('0');
    } finally {
      await report.query('rollback');
      report.release();
    }
    expect(await world.effects()).toEqual(upTo(20));
  });
});
