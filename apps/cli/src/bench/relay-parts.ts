// A sender with its relay and a receiver with its host, with one message of the bench's own between them and no other work: what is
// measured is the way, and not what services do at its end.
import pg from 'pg';
import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { defineMessage, type Contract } from '#libs/contracts';
import { databaseClock } from '#libs/kernel';
import { createMessaging, defineConsumer, type Messaging, type QueueSettings, type Routing } from '#libs/messaging';
import { poolConfig, roleOf, urlAs, type Schema, type UnitOfWork } from '#libs/persistence';
import { rolePasswords } from '#libs/service';
import { openWork as openIssuance } from '../../../issuance/src/issuance.lifecycle.js';
import { openWork as openRedemption } from '../../../redemption/src/redemption.lifecycle.js';
import type { BenchStage } from './bench-stage.js';

export const FactV1 = defineMessage({
  type: 'bench.fact.v1', from: 'issuance', to: ['redemption'],
  schema: z.strictObject({ n: z.number().int(), text: z.string() }), sample: { n: 1, text: 'x' },
});
const ROUTING: Routing = {
  contractOf: (type) => (type === FactV1.type ? FactV1 as unknown as Contract : undefined),
  receiversOf: () => ['redemption'],
  typesFor: (receiver) => (receiver === 'redemption' ? [FactV1.type] : []),
};

export type Sender = Readonly<{ messaging: Messaging; work: UnitOfWork; pool: pg.Pool; close(): Promise<void> }>;
/** `taken`: by number, when its effect was committed. */
export type Receiver = Readonly<{ taken: ReadonlyMap<number, number>; doubled: () => number; close(): Promise<void> }>;

export const urlOf = (stage: BenchStage, schema: Schema): string =>
  urlAs(stage.adminUrl, roleOf(schema), rolePasswords(stage.keyring)(roleOf(schema)));
const queueFor = (stage: BenchStage, schema: Schema, redisUrl: string | undefined): QueueSettings =>
  (redisUrl ? { kind: 'redis', url: redisUrl } : { kind: 'postgres', url: urlOf(stage, schema) });
const QUIET = pino({ level: 'silent' });

export async function openSender(stage: BenchStage, redisUrl: string | undefined, isStarted: boolean): Promise<Sender> {
  const work = openIssuance({ databaseUrl: urlOf(stage, 'issuance'), clock: databaseClock } as Parameters<typeof openIssuance>[0]);
  const pool = new pg.Pool(poolConfig(urlOf(stage, 'issuance'), 'bench relay'));
  const messaging = createMessaging({
    service: 'issuance', work, pool, queue: queueFor(stage, 'issuance', redisUrl), consumers: [], log: QUIET, routing: ROUTING,
  });
  if (isStarted) await messaging.start();
  return { messaging, work, pool, close: () => closed(messaging, work, pool) };
}

export async function openReceiver(stage: BenchStage, redisUrl: string | undefined): Promise<Receiver> {
  const work = openRedemption({ databaseUrl: urlOf(stage, 'redemption'), clock: databaseClock });
  const pool = new pg.Pool(poolConfig(urlOf(stage, 'redemption'), 'bench host'));
  const taken = new Map<number, number>();
  let [inHand, doubled]: [number[], number] = [[], 0];
  const consumer = defineConsumer(FactV1, async ({ body: { n } }) => { inHand.push(n); });
  work.onCommit(() => {
    const at = performance.now();
    for (const n of inHand) {
      if (taken.has(n)) doubled += 1;
      else taken.set(n, at);
    }
    inHand = [];
  });
  const messaging = createMessaging({
    service: 'redemption', work, pool, queue: queueFor(stage, 'redemption', redisUrl), consumers: [consumer], log: QUIET, routing: ROUTING,
  });
  await messaging.start();
  return { taken, doubled: () => doubled, close: () => closed(messaging, work, pool) };
}

async function closed(messaging: Messaging, work: UnitOfWork, pool: pg.Pool): Promise<void> {
  await messaging.stop();
  await work.client.$disconnect();
  await pool.end();
}

const TEXT = 'x'.repeat(300);
export const bodyOf = (n: number) => ({ n, text: TEXT });
/** As a row of the outbox holds it. */
export const stored = (n: number): object => ({
  id: uuidv7(), type: FactV1.type, subject: `bench:${n}`, subjectVersion: 1, occurredAt: '2026-01-01T00:00:00.000Z', causationId: null,
  correlationId: 'bench', actor: { kind: 'system', id: 'bench' }, body: bodyOf(n),
});
