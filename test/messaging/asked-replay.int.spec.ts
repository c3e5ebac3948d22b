// A person asks by the operator's route that a buried message is tried again: the running service does it, and its effects happen once
// however often it is asked.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { reject, type Id, type Rejected } from '#libs/kernel';
import type { Contract } from '#libs/contracts';
import { defineConsumer, listDeadLetters } from '#libs/messaging';
import { QueueDesk } from '#libs/queue-desk';
import { until } from '#libs/testing';
import { FactV1 } from './support/messages.js';
import { emitFacts, upTo, World, type Running } from './support/world.js';

jest.setTimeout(90_000);

let world: World;
let issuance: Running;
beforeEach(async () => {
  world = await World.open('postgres');
  issuance = await world.start('issuance');
});
afterEach(() => world.close());

const ask = (desk: QueueDesk, id: string, key: string = randomUUID()): Promise<unknown> => desk.askReplay(id as Id<'deadLetter'>, 'the place was missing; it is there now', {
  kind: 'request', key, route: 'POST /redemption/dead-letters/:deadLetterId/replays', requestHash: key, callerId: 'usr', actor: { kind: 'user', id: 'usr' }, correlationId: 'c',
});
/** As in libs/messaging. */
const REPLAY_POLL_MS = 2_000;
const all = { limit: 50, sort: 'failedAt', totals: 'true' } as const;

describe('a replay that somebody asks for', () => {
  it('is run by the service, fails with its reason kept, is asked for again, and has its effects once', async () => {
    let isMended = false;
    const redemption = await world.start('redemption', {
      consumers: [defineConsumer(FactV1 as unknown as Contract, async (message, tx, sender) => {
        const { n } = message.body as { n: number };
        await tx.sql.$executeRawUnsafe('insert into redemption.test_effect (sender, seq, n) values ($1, $2::bigint, $3::int)', sender, message.seq, n);
        if (n === 2 && !isMended) throw new Error('Jeanne Martin is missing');
      })],
    });
    const desk = new QueueDesk(redemption.work);
    await emitFacts(issuance, upTo(3));
    await until('acknowledged', () => issuance.messaging.idle(), 30_000);
    const [letter] = await listDeadLetters(redemption.pool, 'redemption');
    expect(await desk.waiting()).toEqual([{ queue: 'dead', other: 'issuance', count: 1, oldestAt: expect.any(Date), lastErrorCode: 'fault' }]);

    expect(await ask(desk, letter!.id)).toMatchObject({ kind: 'asked' });
    await until('it failed again', async () => {
      const [row] = (await desk.list(all)).rows;
      return row!.state === 'open' && row!.errorCode === 'fault';
    }, 20_000);
    expect(await world.effects()).toEqual([1, 3]);

    isMended = true;
    const both = await Promise.all([ask(desk, letter!.id), ask(desk, letter!.id)]) as { kind: string; code?: string }[];
    expect(both.map(({ kind, code }) => code ?? kind).sort()).toEqual(['asked', 'dead_letter_waiting']);
    await until('it was taken', async () => (await desk.list(all)).rows[0]!.state === 'replayed', 20_000);
    expect(await world.effects()).toEqual([1, 2, 3]);
    expect(await ask(desk, letter!.id) as Rejected).toEqual(reject('dead_letter_replayed'));
    expect(await world.effects()).toEqual([1, 2, 3]);
    const { rows: [row], totals } = await desk.list(all);
    expect(row).toMatchObject({ sender: 'issuance', type: 'test.fact.v1', errorCode: 'fault', asked: [{ askedBy: 'usr', note: expect.stringContaining('missing') }, { askedBy: 'usr' }] });
    expect(totals!.count).toBe(1);
    expect(JSON.stringify(await desk.list(all), (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain('Martin');
    expect(await desk.waiting()).toEqual([]);
  });

  it('that ends the process is run once for each wish, and not again by the process that starts next', async () => {
    let isPoison = false;
    let runs = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => { release = resolve; });
    const consumers = [defineConsumer(FactV1 as unknown as Contract, async () => {
      if (!isPoison) throw new Error('the place is missing');
      runs += 1;
      await released;
      throw new Error('released');
    })];
    /** What the database sees of a process that dies: its open transaction is gone, and nobody says why. */
    const die = async () => {
      const { rowCount } = await world.admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'redemption work' and state = 'idle in transaction'`);
      expect(rowCount).toBe(1);
    };
    const first = await world.start('redemption', { consumers });
    await emitFacts(issuance, [1]);
    await until('acknowledged', () => issuance.messaging.idle(), 30_000);
    const [letter] = await listDeadLetters(first.pool, 'redemption');
    isPoison = true;
    const desk = new QueueDesk(first.work);
    expect(await ask(desk, letter!.id)).toMatchObject({ kind: 'asked' });
    await until('it runs', async () => runs === 1, 20_000);
    await die();

    await world.start('redemption', { consumers });
    await new Promise((resume) => { setTimeout(resume, 2.5 * REPLAY_POLL_MS); });
    expect(runs).toBe(1);
    expect((await desk.list(all)).rows).toMatchObject([{ state: 'open', errorCode: 'process_ended' }]);
    expect((await listDeadLetters(first.pool, 'redemption'))[0]!.reason)
      .toBe('the process ended while handling it; before: Error: the place is missing');
    expect(await ask(desk, letter!.id)).toMatchObject({ kind: 'asked' });
    await until('it runs for the second wish', async () => runs === 2, 20_000);
    await die();
    release();
  });

  it('is listed where no portal reads under row-level security, too', async () => {
    const audit = await world.start('audit', { started: false });
    for (const [service, { work }] of [['issuance', issuance], ['audit', audit]] as const) {
      await world.admin.query(`insert into ${service}.dead_letter (id, sender, seq, type, message, reason) values (gen_random_uuid(), 'redemption', 1, 'a.b.v1', '{}', 'unknown type a.b.v1')`);
      expect((await new QueueDesk(work).list(all)).rows).toMatchObject([{ sender: 'redemption', errorCode: 'unknown_type', state: 'open' }]);
    }
  });

  it('tells what waits for whom while a receiver is away', async () => {
    await emitFacts(issuance, upTo(4));
    const desk = new QueueDesk(issuance.work);
    await until('sent', async () => (await desk.waiting()).some(({ queue }) => queue === 'unacknowledged'), 20_000);
    expect((await desk.waiting()).find(({ other }) => other === 'redemption')).toMatchObject({ queue: 'unacknowledged', count: 4, lastErrorCode: null });
  });
});
