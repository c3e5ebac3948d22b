// Goal: undoing and closing meet at one lock. Here each is held open in turn, without a relay, so that messages get their
// numbers when the spec says so.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, type PlaceId, type ProgrammeId, type RedemptionId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import { fixedClock, until } from '#libs/testing';
import { NOON, RedemptionWorld } from '../../../../test/builders/redemption-world.js';
import { ClosePeriod } from '../close-period/close-period.command.js';
import { ClosePeriodHandler } from '../close-period/close-period.handler.js';
import { openDatabase } from '../database.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { UndoRedemption } from './undo-redemption.command.js';
import { UndoRedemptionHandler } from './undo-redemption.handler.js';

let world: RedemptionWorld;
let work: RedemptionWork;
let programmeId: ProgrammeId;
let placeId: PlaceId;
beforeAll(async () => {
  world = await RedemptionWorld.create();
  work = new RedemptionWork(openDatabase(world.database.urlFor('redemption')), { schema: 'redemption', clock: fixedClock(NOON), ids: { next: () => world.newId() } });
  programmeId = await world.programme();
  placeId = await world.place({ accreditedFor: programmeId });
});
afterAll(async () => {
  await work.client.$disconnect();
  await world.close();
});

const asProcess: Meta = { kind: 'process', name: 'spec', correlationId: 'spec' };
const undo = (redemptionId: RedemptionId, meta: Meta = asProcess) =>
  new UndoRedemptionHandler(work).execute(new UndoRedemption(redemptionId, { by: { kind: 'operator' }, reason: 'other' }, meta));
const close = (meta: Meta = asProcess) => new ClosePeriodHandler(work, { wake: () => undefined }).execute(new ClosePeriod(meta));
const wordOf = (outcome: unknown) => (outcome as { code?: string }).code ?? 'done';

async function redeem(): Promise<RedemptionId> {
  const { macs: [mac] } = await world.vouchers(programmeId);
  const attempt = world.attempt(mac!, placeId);
  await world.collector().submit(attempt);
  return idOf('redemption', attempt.redemptionId);
}

/** As the relay would: in the order of the rows. */
async function number(): Promise<void> {
  await world.service.query(`
    with row as (select id, jsonb_array_length(messages) as length from redemption.outbox),
    numbered as (insert into redemption.numbered (outbox_id, first_seq, last_seq)
      select id, p.last_seq + sum(length) over (order by id) - length + 1, p.last_seq + sum(length) over (order by id)
      from row, redemption.relay_position p returning last_seq)
    update redemption.relay_position set last_seq = greatest(last_seq, coalesce((select max(last_seq) from numbered), 0))`);
  await world.service.query('delete from redemption.outbox');
}

/** Does `act` and leaves its transaction open until `commit`. */
async function heldOpen(act: (meta: Meta) => Promise<unknown>): Promise<{ outcome: unknown; commit(): Promise<void> }> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => { release = resolve; });
  let done: Promise<unknown> = Promise.resolve();
  const outcome = await new Promise((ready, failed) => {
    done = work.transaction({ actor: { kind: 'system', id: 'spec' }, correlationId: 'spec', causationId: null }, async (tx) => {
      ready(await act({ kind: 'message', tx }));
      await released;
    });
    done.catch(failed);
  });
  return { outcome, commit: async () => { release(); await done; } };
}
const somebodyWaits = () => until('the rival waits', async () =>
  (await world.inspector.query('select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()')).rows.length > 0);

describe('undoing against closing', () => {
  it('a closing waits for an undoing, and then for its number', async () => {
    const redemptionId = await redeem();
    await number();
    const undoing = await heldOpen((meta) => undo(redemptionId, meta));
    expect(wordOf(undoing.outcome)).toBe('done');
    const closing = close();
    await somebodyWaits();
    await undoing.commit();
    expect(wordOf(await closing)).toBe('undo_under_way');
    await number();
    expect(await close()).toMatchObject({ placeCount: 0, count: 0, amountCents: 0 });
  });

  it('an undoing waits for a closing, and is then too late', async () => {
    const redemptionId = await redeem();
    await number();
    const closing = await heldOpen(close);
    expect(closing.outcome).toMatchObject({ count: 1, amountCents: 1_000 });
    const undoing = undo(redemptionId);
    await somebodyWaits();
    await closing.commit();
    expect(await undoing).toEqual({ kind: 'rejected', code: 'undo_too_late', details: { because: 'period_closed' } });
    await number();
  });

  it('what has no number yet is in no closing: its undoing is in time, though a period closed meanwhile', async () => {
    const redemptionId = await redeem();
    const before = await close();
    expect(before).toMatchObject({ count: 1, amountCents: 1_000 });
    expect(wordOf(await undo(redemptionId))).toBe('done');
    await number();
    expect(await close()).toMatchObject({ count: 1, amountCents: 1_000 });
  });

  it('two undoings do not wait for each other\'s period', async () => {
    const [one, other] = [await redeem(), await redeem()];
    const first = await heldOpen((meta) => undo(one, meta));
    expect(wordOf(await undo(other))).toBe('done');
    await first.commit();
    await number();
  });
});

describe('undoing against redeeming', () => {
  it('a till that wants the voucher waits, and takes what came back', async () => {
    const { macs: [mac] } = await world.vouchers(programmeId);
    const attempt = world.attempt(mac!, placeId);
    await world.collector().submit(attempt);
    const undoing = await heldOpen((meta) => undo(attempt.redemptionId, meta));
    const again = world.collector().submit(world.attempt(mac!, placeId));
    await somebodyWaits();
    await undoing.commit();
    expect(await again).toMatchObject({ balanceAfter: 0n });
    expect(await world.balanceOf(mac!)).toBe(0n);
    expect(wordOf(await undo(attempt.redemptionId))).toBe('redemption_undone');
  });
});

describe('the database', () => {
  const insert = (redemptionId: string, over: Record<string, unknown> = {}) => world.service.query(
    `insert into redemption.undone_redemption (id, redemption_id, voucher_id, batch_id, place_id, amount, currency, reason, undone_by, undone_at)
     select $1, r.id, r.voucher_id, r.batch_id, coalesce($3, r.place_id), coalesce($4, r.amount), 'EUR', $5, 'x', now()
     from redemption.redemption r where r.id = $2`, [world.newId(), redemptionId, over['place'] ?? null, over['amount'] ?? null, over['reason'] ?? 'other']);

  it('refuses to take back something else, twice, for no reason, or out of a closed period', async () => {
    const redemptionId = await redeem();
    await expect(insert(redemptionId, { amount: 1_001 })).rejects.toMatchObject({ code: '23514' });
    await expect(insert(redemptionId, { amount: 999 })).rejects.toMatchObject({ code: '23514' });
    await expect(insert(redemptionId, { place: world.newId() })).rejects.toMatchObject({ code: '23514' });
    await expect(insert(redemptionId, { reason: 'because' })).rejects.toMatchObject({ code: '23514' });
    await insert(redemptionId);
    await expect(insert(redemptionId)).rejects.toMatchObject({ code: '23505' });
    const closed = await redeem();
    await number();
    await world.service.query('insert into redemption.period_closing select last_seq, now() from redemption.relay_position');
    await expect(insert(closed)).rejects.toMatchObject({ code: '23000' });
  });

  it.each(['undone_redemption', 'period_closing', 'stop', 'stopped_range', 'replacement'])('lets nobody change a row of %s', async (table) => {
    await expect(world.service.query(`delete from redemption.${table}`)).rejects.toMatchObject({ code: '42501' });
    const { rows: [column] } = await world.inspector.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'redemption' and table_name = $1 limit 1`, [table]);
    await expect(world.service.query(`update redemption.${table} set ${column!.name} = ${column!.name}`)).rejects.toMatchObject({ code: '42501' });
  });
});
