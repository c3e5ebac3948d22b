// What a ledger announces against what its events say, on a real database: when it is compared, what is named, and what is told.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchCreatedV1, InvariantBrokenV1, LedgerTallyAnnouncedV1, VoucherRedeemedV1, type BodyOf } from '#libs/contracts';
import { CATALOGUE, inspect } from '#libs/invariants';
import { tallyHash } from '#libs/restated-ledger';
import { lifecycleToken, type MessagingLifecycle } from '#libs/service';
import { AuditWorld, OPERATOR, person } from '../../../../test/builders/audit-world.js';
import { Restater } from '../restate-ledgers/restater.js';
import { Comparer } from './comparer.js';

type Tally = BodyOf<typeof LedgerTallyAnnouncedV1>;
type Line = Tally['lines'][number];

let world: AuditWorld;
let restater: Restater;
let comparer: Comparer;
let number = 0;
let seq = 0;
beforeAll(async () => {
  world = await AuditWorld.create();
  [restater, comparer] = [new Restater(world.work), new Comparer(world.work)];
  await world.take('issuance', [{ type: BatchCreatedV1.type, body: BatchCreatedV1.sample }]);
});
afterAll(() => world.close());

async function redeem(...amounts: readonly number[]): Promise<string[]> {
  seq += amounts.length;
  const ids = await world.take('redemption', amounts.map((amountCents) => ({ type: VoucherRedeemedV1.type, body: { ...VoucherRedeemedV1.sample, amountCents } })));
  await world.seal();
  return ids;
}
const hashOf = async (eventId: string, amount: number): Promise<bigint> =>
  BigInt((await world.admin.query<{ hash: string }>(`select ${tallyHash(`'${eventId}'`, String(amount))}::text as hash`)).rows[0]!.hash);
/** Both halves of redemption's, as it would count these events. */
async function linesOf(events: readonly (readonly [id: string, amount: number])[]): Promise<Line[]> {
  const of = async (account: string, sign: 1 | -1, programmeId: string | null): Promise<Line> => {
    let digest = 0n;
    for (const [id, amount] of events) digest += await hashOf(id, sign * amount);
    return {
      sender: 'redemption', custodyAccountId: VoucherRedeemedV1.sample.custodyAccountId, programmeId, account, count: events.length,
      amountCents: events.reduce((sum, [, amount]) => sum + sign * amount, 0), digest: digest.toString(),
    };
  };
  return [await of('outstanding', 1, VoucherRedeemedV1.sample.programmeId), await of('clearing:settlement', -1, null)];
}
async function announce(lines: readonly Line[], over: Partial<Tally> = {}): Promise<void> {
  number += 1;
  seq += 1;
  await world.take('redemption', [{ type: LedgerTallyAnnouncedV1.type, body: {
    number, countedAt: '2026-03-02T10:00:00.000Z', complete: true, currency: 'EUR', lines: [...lines],
    upTo: [{ sender: 'issuance', seq: 1 }, { sender: 'redemption', seq: seq - 1 }, { sender: 'settlement', seq: 0 }], ...over,
  } satisfies Tally }]);
  await world.seal();
}
async function compare(): Promise<number> {
  await restater.restateSealed();
  return comparer.compareAnnounced();
}
const named = async () => ((await world.get('differences')).body['differences'] as { account: string; event: string | null }[])
  .map(({ account, event }) => [account, event]);

const events: [string, number][] = [];
async function more(...amounts: readonly number[]): Promise<void> {
  (await redeem(...amounts)).forEach((id, at) => events.push([id, amounts[at]!]));
}

describe('an announcement', () => {
  it('is compared when its events are restated, and not before; the first is one that tells all', async () => {
    await more(1_000, 2_000);
    await announce(await linesOf(events.slice(0, 1)), { complete: false });
    await announce(await linesOf(events));
    expect(await comparer.compareAnnounced()).toBe(0);
    expect(await compare()).toBe(1);
    expect(await named()).toEqual([]);
  });

  it('that tells what changed is held against what changed', async () => {
    await more(300);
    await announce(await linesOf(events), { complete: false });
    expect(await compare()).toBe(1);
    expect(await named()).toEqual([]);
  });

  it('is not compared twice, however many try', async () => {
    await announce(await linesOf(events));
    await restater.restateSealed();
    expect((await Promise.all([1, 2, 3].map(() => comparer.compareAnnounced()))).reduce((a, b) => a + b)).toBe(1);
    expect(await named()).toEqual([]);
  });
});

describe('a difference', () => {
  it('of one event is named by it; of several it is told without', async () => {
    await announce(await linesOf(events.slice(1)));
    await compare();
    expect(await named()).toEqual([
      ['clearing:settlement', `event:${events[0]![0]} is missing, of -1000 cents`], ['outstanding', `event:${events[0]![0]} is missing, of 1000 cents`]]);
    await announce(await linesOf([[events[0]![0], 999], ...events.slice(1)]));
    await compare();
    expect((await named())[0]).toEqual(['clearing:settlement', `event:${events[0]![0]} moved -999 cents instead of -1000`]);
    await announce(await linesOf([...events, [world.newId(), 5]]));
    await compare();
    expect(await named()).toEqual([['clearing:settlement', null], ['outstanding', null]]);
    await announce(await linesOf(events.slice(2)));
    await compare();
    expect((await named()).map(([, event]) => event)).toEqual([null, null]);
  });

  it('whose sums are equal is a difference all the same', async () => {
    const [[first, a], [second, b], ...rest] = events as [[string, number], [string, number]];
    await announce(await linesOf([[first, a - 1], [second, b + 1], ...rest]));
    await compare();
    expect(await named()).toEqual([['clearing:settlement', null], ['outstanding', null]]);
  });

  it('of a kind that is not told at all is one', async () => {
    await announce([]);
    await compare();
    expect(await named()).toHaveLength(2);
  });

  it('stands while all is restated, also a second time, until its ledger is compared again', async () => {
    const stood = await named();
    expect(stood).toHaveLength(2);
    const checked = async () => (await inspect(world.database.urlFor('audit'), CATALOGUE.filter(({ tier }) => tier === 'crossing'))).broken.map(({ invariant, rowNamed }) => `${invariant} ${rowNamed}`).sort();
    const before = await checked();
    for (const reason of ['once', 'once more']) {
      const { body: { restatementId } } = await world.post('restatements', OPERATOR, world.newId(), { reason });
      expect((await world.post(`restatements/${String(restatementId)}/approvals`, person({ roles: ['approver'] }), world.newId())).status).toBe(201);
      expect(await named()).toEqual(stood);
      expect(await checked()).toEqual(before);
    }
    await announce([]);
    await compare();
    expect(await named()).toHaveLength(2);
    expect((await world.admin.query('select from audit.compared_tally where differs_after_seq is not null')).rowCount).toBe(2);
  });

  it('is told to settlement once, and gone when it is mended', async () => {
    const { app } = (world as unknown as { parts: { app: { get<T>(token: unknown, options: object): T } } }).parts;
    const lifecycle = app.get<MessagingLifecycle>(lifecycleToken('audit'), { strict: false });
    const told = async () => (await world.admin.query<{ body: { invariant: string; rowNamed: string } }>(`select m -> 'body' as body from audit.outbox, jsonb_array_elements(messages) m
      where m ->> 'type' = '${InvariantBrokenV1.type}'`)).rows.map(({ body }) => body.invariant).sort();
    await lifecycle.checkInvariants();
    await lifecycle.checkInvariants();
    expect(await told()).toEqual(['X3', 'X4']);
    await announce(await linesOf(events));
    await compare();
    expect(await named()).toEqual([]);
    await lifecycle.checkInvariants();
    expect(await told()).toEqual(['X3', 'X4']);
  });
});
