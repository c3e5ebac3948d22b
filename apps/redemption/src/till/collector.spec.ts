import { describe, expect, it } from '@jest/globals';
import { databaseClock, idOf, localDate, ZERO } from '#libs/kernel';
import { TILL_WAITING_MAX } from '../limits.js';
import { Collector, TillUnavailable } from './collector.js';
import type { TillAttempt } from './fold-batch.decision.js';
import type { TillPool } from './till-pool.js';

const attempt: TillAttempt = {
  redemptionId: idOf('redemption', '01900000-0000-7000-8000-00000000000a'), codeMacs: ['01900000-0000-7000-8000-00000000000b'],
  placeId: idOf('place', '01900000-0000-7000-8000-00000000000c'), serviceDate: localDate('2026-03-10'), coPayment: ZERO, correlationId: 'c',
};
const poolWith = (client: () => Promise<never>) => ({ client, close: async () => undefined }) as unknown as TillPool;
const silent = () => poolWith(() => new Promise(() => undefined));
const away = () => poolWith(async () => { throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }); });
const collectorOn = (pool: TillPool, logged: object[] = []) =>
  new Collector({ pool, clock: databaseClock, log: { error: (fields: object) => { logged.push(fields); } } });

describe('a collector', () => {
  it('lets so many wait and no more', async () => {
    const collector = collectorOn(silent());
    for (let count = 0; count < TILL_WAITING_MAX; count += 1) void collector.submit(attempt);
    await expect(collector.submit(attempt)).rejects.toThrow(TillUnavailable);
  });

  it('says "later" to everybody, and logs once per batch, while the database is away', async () => {
    const logged: object[] = [];
    const collector = collectorOn(away(), logged);
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => collector.submit(attempt)));
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason instanceof TillUnavailable)).toEqual([true, true, true, true, true]);
    expect(logged).toMatchObject([{ step: 'unavailable', phase: 'connect', count: 5 }]);
  });

  it('takes nothing more once it is stopped, and is idle then', async () => {
    const collector = collectorOn(away());
    const last = collector.submit(attempt);
    await Promise.all([collector.stop(), expect(last).rejects.toThrow(TillUnavailable)]);
    await expect(collector.submit(attempt)).rejects.toThrow('stopping');
    expect(collector.isIdle()).toBe(true);
  });

  it('tells its start that the database is away, and works all the same when it is asked later', async () => {
    const collector = collectorOn(away());
    await expect(collector.start()).rejects.toThrow('ECONNREFUSED');
    await expect(collector.submit(attempt)).rejects.toThrow(TillUnavailable);
  });
});
