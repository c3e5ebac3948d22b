// Connections that break at any moment: whatever was not committed comes again, whatever was is not repeated.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '#libs/testing';
import { numberNow } from './support/batches.js';
import { engineNames } from './support/engines.js';
import { emitFacts, upTo, World } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

describe.each(engineNames())('a breaking database under %s', (engine) => {
  let world: World;
  beforeEach(async () => { world = await World.open(engine); });
  afterEach(() => world.close());

  it('loses and doubles nothing when the backends of all services are terminated again and again', async () => {
    const count = 400;
    const writer = await world.start('issuance', { started: false });
    for (let from = 0; from < count; from += 10) await emitFacts(writer, upTo(10).map((n) => from + n));
    await numberNow(writer);
    const issuance = await world.start('issuance');
    await world.start('redemption');
    let rounds = 0;
    await until('all effects', async () => {
      rounds += 1;
      if (rounds <= 40) {
        await world.admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like 'mereau_%'`,
        );
        await emitFacts(writer, [count + rounds]).catch(() => undefined);
      }
      const isQuiet = await issuance.messaging.idle().catch(() => false);
      return rounds > 40 && isQuiet;
    }, 60_000);
    // Of the last facts some could not be written; a failed COMMIT may even have been one that succeeded. What is
    // numbered is what counts.
    const effects = await world.effects();
    expect(effects).toHaveLength(await world.count('select last_seq n from issuance.relay_position'));
    expect(new Set(effects).size).toBe(effects.length);
    expect(effects.slice(0, count)).toEqual(upTo(count));
    expect(await world.count('select count(*) n from redemption.dead_letter')).toBe(0);
  });
});
