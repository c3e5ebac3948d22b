// A process that freezes or dies over a batch. The queue gives the batch to another while the first still believes that
// it has it: only the inbox keeps the effects from happening twice.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { until } from '#libs/testing';
import { engineNames } from './support/engines.js';
import { startHost, type HostProcess } from './support/processes.js';
import { emitFacts, QUICK, upTo, World, type Running } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

describe.each(engineNames())('a host on %s', (engine) => {
  let world: World;
  let issuance: Running;
  let hosts: HostProcess[];
  beforeEach(async () => {
    world = await World.open(engine);
    issuance = await world.start('issuance');
    hosts = [];
  });
  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.end()));
    await world.close();
  });

  type Over = { hold?: readonly number[]; die?: readonly number[]; idleInTransactionMs?: number };
  const startOther = async (over: Over): Promise<HostProcess> => {
    const host = startHost({
      databaseUrl: world.database.urlFor('redemption'), queue: world.engine.settingsFor('redemption'), timing: QUICK,
      hold: [], die: [], idleInTransactionMs: 1500, ...over,
    });
    hosts.push(host);
    await host.said('started');
    return host;
  };

  it('that is frozen with a batch in hand, and wakes after another has taken it, has no second effect', async () => {
    const frozen = await startOther({ hold: [3] });
    await emitFacts(issuance, upTo(5));
    await frozen.said('holding');
    frozen.child.kill('SIGSTOP');
    await world.start('redemption');
    await until('the other has taken it', async () => await world.effectCount() >= 5, 30_000);
    frozen.child.kill('SIGCONT');
    frozen.child.send('go on');
    await frozen.said('was too late');
    await emitFacts(issuance, [6]);
    await until('quiet again', async () => await world.effectCount() >= 6 && await issuance.messaging.idle(), 30_000);
    expect(await world.effects()).toEqual(upTo(6));
  });

  it('that is frozen with its transaction open, and commits it after all, leaves nothing to do for the one that waited', async () => {
    const frozen = await startOther({ hold: [3], idleInTransactionMs: 60_000 });
    await emitFacts(issuance, upTo(5));
    await frozen.said('holding');
    frozen.child.kill('SIGSTOP');
    const other = await world.start('redemption');
    // It has the job and wants the numbers; the frozen one holds them.
    await until('the other waits for the inbox', async () => await world.count(
      `select count(*) n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and query like '%redemption.inbox%'`) === 1, 30_000);
    frozen.child.kill('SIGCONT');
    frozen.child.send('go on');
    await frozen.said('went on');
    await until('quiet', async () => await issuance.messaging.idle() && await other.messaging.idle(), 30_000);
    expect(await world.effects()).toEqual(upTo(5));
  });

  it('that is killed with a batch in hand leaves it to another', async () => {
    const killed = await startOther({ hold: [2] });
    await emitFacts(issuance, upTo(3));
    await killed.said('holding');
    await killed.end();
    await world.start('redemption');
    await until('all effects', async () => await world.effectCount() >= 3, 30_000);
    await until('acknowledged', () => issuance.messaging.idle(), 30_000);
    expect(await world.effects()).toEqual(upTo(3));
  });

  it('that a message kills each time buries it after three tries, and goes on', async () => {
    await emitFacts(issuance, upTo(5));
    let deaths = 0;
    for (; deaths < 6; deaths += 1) {
      const host = await startOther({ die: [3] });
      const buried = until('buried', async () => await world.count('select count(*) n from redemption.dead_letter') === 1, 30_000);
      const died = await Promise.race([host.ended.then(() => true), buried.then(() => false)]);
      buried.catch(() => undefined);
      if (!died) break;
    }
    expect(deaths).toBeLessThanOrEqual(4);
    await until('acknowledged', () => issuance.messaging.idle(), 30_000);
    expect(await world.effects()).toEqual([1, 2, 4, 5]);
    const { rows } = await world.admin.query('select seq::int, reason from redemption.dead_letter');
    expect(rows).toEqual([{ seq: 3, reason: 'the process ended while handling it' }]);
  });
});
