// A message that cannot be handled: the others of its batch go on, it is kept with its reason, and replayed when mended.
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { reject } from '#libs/kernel';
import type { Contract } from '#libs/contracts';
import { defineConsumer, listDeadLetters, replayState, requestReplay, type Consumer } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { until } from '#libs/testing';
import { makeBatches, openCourier, readBatches } from './support/batches.js';
import { engineNames } from './support/engines.js';
import { EchoV1, FactV1 } from './support/messages.js';
import { emitFacts, upTo, World, type Running } from './support/world.js';

// A process of our own, a restarted server or a stalled job takes its seconds on a busy machine.
jest.setTimeout(90_000);

const FACT = FactV1 as unknown as Contract;
type Handle = (n: number, tx: Tx) => Promise<unknown>;

/** Writes its effect and emits an echo before `then`, so that whatever `then` does comes after effects. */
const consumerThat = (then: Handle): readonly Consumer[] => [defineConsumer(FACT, async (message, tx, sender) => {
  const { n } = message.body as { n: number };
  await tx.sql.$executeRawUnsafe(
    `insert into redemption.test_effect (sender, seq, n) values ($1, $2::bigint, $3::int)`, sender, message.seq, n,
  );
  await tx.emit(EchoV1, { subject: `test:${n}`, body: { n } });
  return then(n, tx);
})];

describe.each(engineNames())('a poison message on %s', (engine) => {
  let world: World;
  let issuance: Running;
  beforeEach(async () => {
    world = await World.open(engine);
    issuance = await world.start('issuance');
  });
  afterEach(() => world.close());

  const acknowledged = () => until('acknowledged', () => issuance.messaging.idle(), 30_000);
  const echoes = async () => {
    await until('echoes', async () => await world.effectCount('issuance') === await world.effectCount());
    return world.effects('issuance');
  };

  it('in the middle of a batch is tried three times and buried, the others are done, and a replay after mending works', async () => {
    let isMended = false;
    const tries: number[] = [];
    const redemption = await world.start('redemption', {
      consumers: consumerThat(async (n) => {
        tries.push(n);
        if (n === 3 && !isMended) throw new Error('cannot be handled');
      }),
    });
    await emitFacts(issuance, upTo(5));
    await acknowledged();
    expect(await world.effects()).toEqual([1, 2, 4, 5]);
    expect(await echoes()).toEqual([1, 2, 4, 5]);
    // Once with the whole batch, to find that it fails; then its three tries.
    expect(tries.filter((n) => n === 3)).toHaveLength(4);
    expect(await redemption.messaging.health()).toMatchObject({ state: 'ok', alarms: ['dead_letters'], deadLetterCount: 1 });

    const [letter] = await listDeadLetters(redemption.pool, 'redemption');
    expect(letter).toMatchObject({ sender: 'issuance', seq: 3, type: 'test.fact.v1', replayedAt: null });
    expect(letter!.reason).toBe('Error: cannot be handled');
    await expect(redemption.messaging.replayDeadLetter(letter!.id)).rejects.toThrow('cannot be handled');
    isMended = true;
    expect(await redemption.messaging.replayDeadLetter(letter!.id)).toMatchObject({ kind: 'replayed' });
    expect(await redemption.messaging.replayDeadLetter(letter!.id)).toMatchObject({ kind: 'rejected', code: 'dead_letter_replayed' });
    expect(await redemption.messaging.replayDeadLetter(randomUUID())).toMatchObject({ code: 'dead_letter_not_found' });
    expect(await world.effects()).toEqual(upTo(5));
    expect(await echoes()).toEqual(upTo(5));
    expect(await listDeadLetters(redemption.pool, 'redemption')).toEqual([]);
  });

  it('that fails only at first is taken later, with nothing of the failed tries left', async () => {
    let failures = 0;
    await world.start('redemption', {
      consumers: consumerThat(async (n) => {
        if (n === 2 && failures < 3) {
          failures += 1;
          throw new Error('not yet');
        }
      }),
    });
    await emitFacts(issuance, upTo(3));
    await acknowledged();
    expect(await world.effects()).toEqual(upTo(3));
    expect(await echoes()).toEqual(upTo(3));
    expect(await world.count('select count(*) n from redemption.dead_letter')).toBe(0);
  });

  it('that breaks a rule of the database does not break its batch', async () => {
    await world.start('redemption', {
      consumers: consumerThat(async (n, tx) => (n === 2 ? tx.sql.$executeRawUnsafe('select 1 / 0') : undefined)),
    });
    await emitFacts(issuance, upTo(3));
    await acknowledged();
    expect(await world.effects()).toEqual([1, 3]);
    expect(await world.count(`select count(*) n from redemption.dead_letter where reason like '%division by zero%'`)).toBe(1);
  });

  it('that fails only when its transaction commits is found and buried alone', async () => {
    await world.admin.query(`
      create function redemption.refuse_two() returns trigger language plpgsql as $$
        begin if new.n = 2 then raise exception 'two is not wanted'; end if; return null; end $$;
      create constraint trigger late after insert on redemption.test_effect deferrable initially deferred
        for each row execute function redemption.refuse_two()`);
    await world.start('redemption');
    await emitFacts(issuance, upTo(3));
    await acknowledged();
    expect(await world.effects()).toEqual([1, 3]);
    expect(await world.count(`select count(*) n from redemption.dead_letter where reason like '%two is not wanted%'`)).toBe(1);
  });

  it('that is refused is done: what it wrote and emitted before is undone, the others keep theirs', async () => {
    let work: Running['work'];
    const refusing = defineConsumer(FactV1 as unknown as Contract, (message, tx, sender) =>
      work.once({ kind: 'message', tx }, async (inner) => {
        const { n } = message.body as { n: number };
        await inner.sql.$executeRawUnsafe(
          `insert into redemption.test_effect (sender, seq, n) values ($1, $2::bigint, $3::int)`, sender, message.seq, n,
        );
        await inner.emit(EchoV1, { subject: `test:${n}`, body: { n } });
        return n === 2 ? reject('not_wanted') : null;
      }));
    ({ work } = await world.start('redemption', { consumers: [refusing] }));
    await emitFacts(issuance, upTo(3));
    await acknowledged();
    expect(await world.effects()).toEqual([1, 3]);
    expect(await echoes()).toEqual([1, 3]);
    expect(await world.count('select count(*) n from redemption.dead_letter')).toBe(0);
    expect(await world.count('select count(*) n from redemption.inbox')).toBe(3);
  });

  it('of an unknown type, with a malformed body, a malformed envelope or a doubled id is buried, and its batch is taken', async () => {
    await issuance.stop();
    const offline = await world.start('issuance', { started: false });
    await makeBatches(offline, [upTo(6)]);
    const [batch] = await readBatches(world);
    const messages = batch!.messages.map((message, index) => {
      if (index === 1) return { ...message, type: 'test.unheard_of.v1' };
      if (index === 2) return { ...message, body: { n: 'three' } };
      if (index === 3) return { seq: message.seq, id: 'no uuid', type: 7, __proto__: { polluted: true } };
      return index === 4 ? { ...message, id: batch!.messages[0]!.id } : message;
    });
    const redemption = await world.start('redemption');
    const courier = await openCourier(world);
    await courier.deliver({ ...batch, messages });
    await until('taken', async () => await world.count('select count(*) n from redemption.inbox_batch') === 1);
    await courier.close();
    expect(await world.effects()).toEqual([1, 6]);
    const letters = (await listDeadLetters(redemption.pool, 'redemption')).sort((a, b) => a.seq - b.seq);
    expect(letters.map(({ seq, reason }) => `${seq} ${reason}`)).toEqual([
      '2 unknown type test.unheard_of.v1',
      expect.stringMatching(/^3 malformed body: n: /),
      expect.stringMatching(/^4 malformed envelope: id: /),
      '5 its id was taken under another number',
    ]);
  });

  it('is replayed by the running service when the command line asks for it', async () => {
    let isMended = false;
    const redemption = await world.start('redemption', {
      consumers: consumerThat(async () => { if (!isMended) throw new Error('cannot be handled'); }),
    });
    await emitFacts(issuance, [1]);
    await acknowledged();
    const [letter] = await listDeadLetters(redemption.pool, 'redemption');
    const ended = async () => {
      await until('an answer', async () => !['waiting', 'begun'].includes(await replayState(redemption.pool, 'redemption', letter!.id) as string));
      return replayState(redemption.pool, 'redemption', letter!.id);
    };
    expect(await requestReplay(redemption.pool, 'redemption', letter!.id)).toBe(true);
    expect(await ended()).toEqual({ failed: 'Error: cannot be handled' });
    isMended = true;
    expect(await requestReplay(redemption.pool, 'redemption', letter!.id)).toBe(true);
    expect(await ended()).toBe('replayed');
    expect(await requestReplay(redemption.pool, 'redemption', letter!.id)).toBe(false);
    expect(await world.effects()).toEqual([1]);
  });
});
