// Tills against a real database: what a race, a repeat, a killed connection and a stale copy must not change.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { VoucherRedeemedV1, unnumberedSchema } from '#libs/contracts';
import { cents, idOf, localDate, type PlaceId, type ProgrammeId } from '#libs/kernel';
import { fixedClock, until } from '#libs/testing';
import { NOON, RedemptionWorld, wordOf } from '../../../../test/builders/redemption-world.js';
import { TILL_BATCH_MAX } from '../limits.js';
import { TillUnavailable, type Collector } from '../till/collector.js';
import type { Answer, TillAttempt } from '../till/fold-batch.decision.js';

jest.setTimeout(60_000);

let world: RedemptionWorld;
let programmeId: ProgrammeId;
let placeId: PlaceId;
let collector: Collector;

beforeAll(async () => {
  world = await RedemptionWorld.create();
  programmeId = await world.programme();
  placeId = await world.place({ accreditedFor: programmeId });
});
beforeEach(() => { collector = world.collector(); });
afterEach(() => world.release());
afterAll(() => world.close());

const all = (attempts: readonly TillAttempt[], at: Collector = collector): Promise<Answer[]> =>
  Promise.all(attempts.map((attempt) => at.submit(attempt)));
const count = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of answers.map(wordOf)) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
const expectAllRecordsAgree = async () => {
  const { activated, left, outstanding, redeemed, posted, told } = await world.totals();
  expect({ left, posted, told }).toEqual({ left: activated - redeemed, posted: redeemed, told: redeemed });
  expect(outstanding).toBe(left);
};

describe('forty tills with one voucher', () => {
  it('hear exactly one yes when it is a unit voucher, and all hear the same again', async () => {
    const { macs: [mac] } = await world.vouchers(programmeId);
    const attempts = Array.from({ length: 40 }, () => world.attempt(mac!, placeId));
    const answers = await all(attempts);
    expect(count(answers)).toEqual({ redeemed: 1, voucher_used: 39 });
    expect(await all(attempts)).toEqual(answers);
    expect(await all(attempts, world.collector())).toEqual(answers);
    expect(await world.balanceOf(mac!)).toBe(0n);
    await expectAllRecordsAgree();
  });

  it('hear ten yeses when it holds ten euros and each takes one, and all hear the same again', async () => {
    const { macs: [mac] } = await world.vouchers(programmeId, { unit: false });
    const attempts = Array.from({ length: 40 }, () => world.attempt(mac!, placeId, { amount: cents(100) }));
    const answers = await all(attempts);
    expect(count(answers)).toEqual({ redeemed: 10, voucher_balance_too_low: 30 });
    expect(await all(attempts)).toEqual(answers);
    expect(await world.balanceOf(mac!)).toBe(0n);
    await expectAllRecordsAgree();
  });
});

describe('two processes with the same twenty vouchers', () => {
  it('lose and make no cent, whatever the order', async () => {
    const { macs } = await world.vouchers(programmeId, { unit: false, count: 20 });
    const attemptsOf = (offset: number) => Array.from({ length: 600 }, (_, index) =>
      world.attempt(macs[(index * 7 + offset) % 20]!, placeId, { amount: cents(30) }));
    const [one, two] = await Promise.all([all(attemptsOf(0), world.collector()), all(attemptsOf(3), world.collector())]);
    // 1,000 cents hold 33 times 30, and 10 are left.
    expect(count([...one, ...two])).toEqual({ redeemed: 660, voucher_balance_too_low: 540 });
    for (const mac of macs) expect(await world.balanceOf(mac)).toBe(10n);
    await expectAllRecordsAgree();
  });

  it('answer the same key in the same way, even when both have it at once', async () => {
    const { macs } = await world.vouchers(programmeId, { unit: false, count: 5, faceCents: 2_000 });
    const attempts = Array.from({ length: 200 }, (_, index) => world.attempt(macs[index % 5]!, placeId, { amount: cents(70) }));
    const [one, two] = await Promise.all([all(attempts, world.collector()), all([...attempts].reverse(), world.collector())]);
    expect(two.reverse()).toEqual(one);
    expect(count(one)).toEqual({ redeemed: 140, voucher_balance_too_low: 60 });
    await expectAllRecordsAgree();
  });

  it('let one of two contents under one key win, and tell the other that the key was used', async () => {
    const rival = world.collector();
    for (let round = 0; round < 10; round += 1) {
      const { macs: [left, right] } = await world.vouchers(programmeId, { count: 2 });
      const attempt = world.attempt(left!, placeId);
      const answers = await Promise.all([rival.submit(attempt), collector.submit({ ...attempt, codeMacs: [right!] })]);
      expect(count(answers)).toEqual({ redeemed: 1, idempotency_key_reused: 1 });
      expect(await world.balanceOf(left!) + await world.balanceOf(right!)).toBe(1_000n);
    }
    await expectAllRecordsAgree();
  });
});

describe('a key', () => {
  it.each<[string, Partial<TillAttempt>]>([
    ['another day', { serviceDate: localDate('2026-03-09') }],
    ['another co-payment', { coPayment: cents(1) }],
    ['another amount', { amount: cents(999) }],
    ['another place', { placeId: idOf('place', '01900000-0000-7000-8000-00000000ffff') }],
    ['another code', { codeMacs: ['01900000-0000-7000-8000-00000000eeee'] }],
  ])('cannot be used again with %s, after a yes or a no', async (_, other) => {
    const { macs: [mac] } = await world.vouchers(programmeId);
    const yes = world.attempt(mac!, placeId);
    const no = world.attempt(mac!, placeId);
    expect(wordOf(await collector.submit(yes))).toBe('redeemed');
    expect(wordOf(await collector.submit(no))).toBe('voucher_used');
    expect(wordOf(await collector.submit({ ...yes, ...other }))).toBe('idempotency_key_reused');
    expect(wordOf(await collector.submit({ ...no, ...other }))).toBe('idempotency_key_reused');
  });

  it('is told its refusal still when the reason has gone', async () => {
    const { macs: [mac], batchId } = await world.vouchers(programmeId, { spendable: false });
    const attempt = world.attempt(mac!, placeId);
    expect(wordOf(await collector.submit(attempt))).toBe('voucher_not_found');
    await world.service.query('update redemption.voucher_range set spendable_at = now() where batch_id = $1', [batchId]);
    expect(wordOf(await collector.submit(attempt))).toBe('voucher_not_found');
    expect(wordOf(await collector.submit(world.attempt(mac!, placeId)))).toBe('redeemed');
  });

  it('gets the same answer after the last day for claims, because it was decided before', async () => {
    const clock = fixedClock(NOON);
    const later = world.collector(clock);
    const { macs: [mac, other] } = await world.vouchers(programmeId, { count: 2 });
    const attempt = world.attempt(mac!, placeId);
    const answer = await later.submit(attempt);
    clock.set('2028-01-01T12:00:00Z');
    expect(await later.submit(attempt)).toEqual(answer);
    expect(wordOf(await later.submit(world.attempt(other!, placeId)))).toBe('claim_too_late');
  });
});

describe('one batch', () => {
  it('answers each of its attempts for itself: one bad voucher spoils nothing', async () => {
    const { macs: [a, b, c] } = await world.vouchers(programmeId, { count: 3 });
    const answers = await all([a!, '01900000-0000-7000-8000-00000000dddd', b!, a!, c!].map((mac) => world.attempt(mac, placeId)));
    expect(answers.map(wordOf)).toEqual(['redeemed', 'voucher_not_found', 'redeemed', 'voucher_used', 'redeemed']);
  });

  it('leaves one outbox row with a message per redemption that its contract takes', async () => {
    const { macs } = await world.vouchers(programmeId, { count: 3 });
    const attempts = macs.map((mac) => world.attempt(mac, placeId, { coPayment: cents(120) }));
    await all(attempts);
    const { rows } = await world.inspector.query<{ messages: { id: string; body: unknown }[] }>(
      'select messages from redemption.outbox order by id desc limit 1');
    const messages = rows[0]!.messages;
    expect(messages.map(({ id }) => id)).toEqual(attempts.map(({ redemptionId }) => redemptionId));
    for (const message of messages) {
      unnumberedSchema.parse(message);
      VoucherRedeemedV1.schema.parse(message.body);
    }
  });

  it('falls back to one by one when one of its items is a fault, so that only that one fails', async () => {
    const { macs: [bad, good] } = await world.vouchers(programmeId, { count: 2 });
    // A corrupt row: the copy of the batch says 1,000 cents, the voucher itself says 1,500.
    await world.admin.query('update redemption.voucher set face = 1500, balance = 1500 where code_mac = $1', [bad]);
    const faults: object[] = [];
    const other = world.collector(fixedClock(NOON), (fields) => faults.push(fields));
    const [broken, fine] = await Promise.allSettled([bad!, good!].map((mac) => other.submit(world.attempt(mac, placeId))));
    expect(broken).toMatchObject({ status: 'rejected', reason: { code: '23514' } });
    expect(fine).toMatchObject({ status: 'fulfilled', value: { amount: 1_000n } });
    expect(faults).toHaveLength(1);
    expect(await world.balanceOf(bad!)).toBe(1_500n);
    await world.admin.query('update redemption.voucher set face = 1000, balance = 1000 where code_mac = $1', [bad]);
  });
});

describe('a collector that stops', () => {
  it('answers all that it had taken, several batches of it, and takes nothing more', async () => {
    const { macs } = await world.vouchers(programmeId, { count: 2 * TILL_BATCH_MAX + 50 });
    const stopping = world.collector();
    const answers = all(macs.map((mac) => world.attempt(mac, placeId)), stopping);
    const stopped = stopping.stop();
    await expect(stopping.submit(world.attempt(macs[0]!, placeId))).rejects.toThrow(TillUnavailable);
    await stopped;
    expect((await answers).map(wordOf)).toEqual(macs.map(() => 'redeemed'));
  });
});

describe('a lost connection', () => {
  /** Ends the till's backend once it waits in a statement like `text`; the lock is held by another session meanwhile. */
  const whileLocked = async (lock: string, text: string, work: () => Promise<unknown>): Promise<void> => {
    const blocker = await world.connect(world.database.adminUrl);
    await blocker.query('begin');
    await blocker.query(lock);
    const done = work();
    await until(`a till waits in "${text}"`, async () => (await world.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'redemption till'
       and wait_event_type = 'Lock' and datname = current_database() and query like $1`, [`%${text}%`])).rowCount === 1);
    await done;
    await blocker.query('commit');
  };

  it('before the write was sent is made good without the till noticing', async () => {
    const { macs: [mac] } = await world.vouchers(programmeId);
    const other = world.collector();
    let answer: Promise<Answer> | undefined;
    await whileLocked(`select 1 from redemption.voucher where code_mac = '${mac}' for update`, 'for update', async () => {
      answer = other.submit(world.attempt(mac!, placeId));
    });
    expect(wordOf(await answer!)).toBe('redeemed');
    await expectAllRecordsAgree();
  });

  it('after the write was sent is no refusal: the till asks again with its key and is served once', async () => {
    const { macs: [mac] } = await world.vouchers(programmeId);
    const other = world.collector();
    const attempt = world.attempt(mac!, placeId);
    const heard: string[] = [];
    await whileLocked('lock table redemption.redemption in share mode', 'with item as', async () => {
      heard.push(await other.submit(attempt).then(wordOf, (error: Error) => error.name));
    });
    expect(heard).toEqual(['TillUnavailable']);
    expect(await world.balanceOf(mac!)).toBe(1_000n);
    expect(wordOf(await other.submit(attempt))).toBe('redeemed');
    expect(await world.balanceOf(mac!)).toBe(0n);
    await expectAllRecordsAgree();
  });
});

describe('the copy of what tills decide by', () => {
  it('is read again within the batch that finds it old: a new place, voucher and accreditation count at once', async () => {
    const newProgramme = await world.programme();
    const newPlace = await world.place();
    const { macs: [first, second] } = await world.vouchers(newProgramme, { count: 2 });
    expect(wordOf(await collector.submit(world.attempt(first!, newPlace)))).toBe('place_not_registered');
    await world.accredit(newPlace, newProgramme);
    expect(wordOf(await collector.submit(world.attempt(first!, newPlace)))).toBe('redeemed');
    await world.accredit(newPlace, newProgramme, { version: 2, to: '2026-03-09' });
    expect(wordOf(await collector.submit(world.attempt(second!, newPlace)))).toBe('place_not_accredited');
  });

  it('keeps the versions of the rules that held when the redemption was made', async () => {
    const { macs: [first, second] } = await world.vouchers(programmeId, { count: 2 });
    await world.accredit(placeId, programmeId, { version: 2 });
    await world.service.query(`insert into redemption.known_fee_rule values ($1, 2, '2026-03-10', 300, 2000, 0), ($1, 3, '2026-03-11', 300, 2000, 0)`, [programmeId]);
    const attempts = [first!, second!].map((mac) => world.attempt(mac, placeId));
    await all(attempts);
    const { rows } = await world.inspector.query(
      'select accreditation_version, fee_rule_version from redemption.redemption where id = any($1)', [attempts.map((one) => one.redemptionId)]);
    expect(rows).toEqual([{ accreditation_version: 2, fee_rule_version: 2 }, { accreditation_version: 2, fee_rule_version: 2 }]);
  });
});

describe('a day', () => {
  it.each([
    ['Pacific/Noumea', 'redeemed'], // 2027-01-01 09:00 there
    ['Europe/Paris', 'service_in_future'], // still 2026-12-31 23:00
    ['America/Cayenne', 'service_in_future'],
  ])('is judged in the time zone of the site: %s', async (timeZone, word) => {
    const there = await world.place({ timeZone, accreditedFor: programmeId });
    const { macs: [mac] } = await world.vouchers(programmeId, { usableUntil: '2027-06-30', claimableUntil: '2027-07-31' });
    const atYearsEnd = world.collector(fixedClock('2026-12-31T22:00:00Z'));
    expect(wordOf(await atYearsEnd.submit(world.attempt(mac!, there, { serviceDate: localDate('2027-01-01') })))).toBe(word);
  });

  it('is taken from the clock of the database when no other is given', async () => {
    const { macs: [mac] } = await world.vouchers(programmeId, { usableUntil: '2099-12-31', claimableUntil: '2099-12-31' });
    const before = Date.now() - 60_000;
    const answer = await world.collector({ override: () => null }).submit(world.attempt(mac!, placeId));
    if ('code' in answer) throw new Error(answer.code);
    expect(answer.redeemedAt.getTime()).toBeGreaterThan(before);
  });
});
