// A Redis that is there and does not do its work: frozen, slow, or full. Whoever emits does not notice, and nothing is lost.
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pino from 'pino';
import { until } from '#libs/testing';
import { onRedis } from './support/engines.js';
import { openLine, type Line } from './support/line.js';
import { hasRedisServer, startRedis, type RedisServer } from './support/redis-server.js';
import { emitFacts, upTo, World, type Running } from './support/world.js';

jest.setTimeout(90_000);

/** A command that Redis does not answer fails after two; a till waits for none of them. */
const EMITTED_WITHIN_MS = 1_500;
const isThere = hasRedisServer();

(isThere ? describe : describe.skip)(isThere ? 'a Redis that' : 'skipped: no redis-server in the PATH', () => {
  let server: RedisServer;
  let world: World;
  let issuance: Running;
  let line: Line | undefined;
  let failures: string[];
  beforeEach(async () => {
    server = await startRedis();
    failures = [];
  });
  afterEach(async () => {
    await world.close();
    await line?.close();
    line = undefined;
  });

  const open = async (url = server.url) => {
    const lines = new Writable({ write: (line: Buffer, _, done) => { failures.push(String(line)); done(); } });
    world = await World.open(onRedis({ ...server, url }));
    issuance = await world.start('issuance', { log: pino({ level: 'warn' }, lines) });
    await world.start('redemption');
  };
  /** How long the slowest took. */
  const emit = async (from: number, to: number): Promise<number> => {
    let slowest = 0;
    for (let n = from; n <= to; n += 1) {
      const began = performance.now();
      await emitFacts(issuance, [n]);
      issuance.messaging.wake();
      slowest = Math.max(slowest, performance.now() - began);
    }
    return slowest;
  };
  const settled = async (count: number) => {
    await until('all effects', async () => await world.effectCount() >= count, 30_000);
    await until('everything acknowledged', () => issuance.messaging.idle(), 30_000);
    expect(await world.effects()).toEqual(upTo(count));
  };
  const relayFailed = (why: RegExp) => until('the relay notices', async () => failures.some((line) => line.includes('relay pass failed') && why.test(line)), 20_000);

  it('is frozen holds up nobody who emits; messages flow when it wakes, each once', async () => {
    await open();
    await emit(1, 10);
    await settled(10);
    server.freeze();
    try {
      expect(await emit(11, 40)).toBeLessThan(EMITTED_WITHIN_MS);
      await relayFailed(/timed out/i);
      expect(await emit(41, 50)).toBeLessThan(EMITTED_WITHIN_MS);
      expect(await world.effectCount()).toBe(10);
    } finally {
      server.thaw();
    }
    await settled(50);
  });

  it('answers late is used all the same, and holds up nobody who emits', async () => {
    line = await openLine(Number(new URL(server.url).port), { delayMs: 150 });
    await open(`redis://127.0.0.1:${line.port}`);
    expect(await emit(1, 40)).toBeLessThan(EMITTED_WITHIN_MS);
    await settled(40);
  });

  it('is full takes nothing, and loses nothing: what waits flows when there is room again', async () => {
    await open();
    await emit(1, 10);
    await settled(10);
    await server.limitMemory(1);
    expect(await emit(11, 40)).toBeLessThan(EMITTED_WITHIN_MS);
    await relayFailed(/OOM|maxmemory/);
    expect(await world.effectCount()).toBe(10);
    await server.limitMemory(0);
    await settled(40);
  });
});
