// Money that does not leave while something that must hold of it does not: the service finds it, tells it, and takes what it told.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvariantBrokenV1, PayoutStopLiftedV1 } from '#libs/contracts';
import type { MessagingLifecycle } from '#libs/service';
import { until } from '#libs/testing';
import { ANNA, AUDITOR, BERT, plain, SettlementWorld, shown, tillOf, type Answer } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
beforeAll(async () => { world = await SettlementWorld.create(); });
afterAll(() => world.close());

const FINDING = {
  invariant: 'L3', holds: 'What is outstanding is what vouchers hold.', rowNamed: 'batch:1', detail: 'off by a cent', foundAt: '2026-04-02T08:00:00.000Z',
};
const find = (over: Partial<typeof FINDING> = {}) => world.take(InvariantBrokenV1, { ...FINDING, ...over });
const stops = async (query = '') => (await world.get(`payout-stops${query}`)).body['items'] as Record<string, unknown>[];
const lift = (stopId: unknown, as = BERT) => world.post(`payout-stops/${String(stopId)}/lifting`, { as, body: { note: 'A restored row; compared with the copy' } });
async function liftAll(): Promise<void> {
  for (const { stopId } of await stops()) expect((await lift(stopId)).status).toBe(200);
}
async function approvedRun(): Promise<Answer['body']> {
  await world.owedPlace();
  await world.closeStatements();
  const run = await world.createRun();
  await world.approve(run);
  return run;
}
const release = (run: Answer['body']) => world.post(`settlement-runs/${String(run['runId'])}/release`);

describe('a finding of another service', () => {
  it('stops the release of an approved run, and nothing of the till', async () => {
    const run = await approvedRun();
    await find();
    expect(await release(run)).toMatchObject({ status: 409, body: { code: 'payouts_stopped', details: { invariant: 'L3', stops: 1 } } });
    const place = await world.owedPlace();
    expect(await world.balance(`accrued:${plain(place.payeeId)}`)).toBe(1_000);
    await expect(world.service.query(`update settlement.settlement_run set state = 'released' where id = $1`, [plain(run['runId'])]))
      .rejects.toMatchObject({ code: '23514' });
    await liftAll();
    expect((await release(run)).status).toBe(200);
  });

  it('that is being taken while a run is released stops it', async () => {
    const run = await approvedRun();
    // The message is half taken: its stop is there, and not committed.
    await world.admin.query('begin');
    await world.admin.query(`select pg_advisory_xact_lock(hashtextextended('settlement:payout stops', 0))`);
    await world.admin.query(`insert into settlement.payout_stop (id, service, invariant, sentence, row_named, detail, found_at, stopped_at, event_id)
      values ($1, 'redemption', 'L3', 's', 'batch:race', 'd', now(), now(), $2)`, [randomUUID(), randomUUID()]);
    const released = release(run);
    let isOver = false;
    void released.then(() => { isOver = true; });
    await until('the release waits, or is over', async () => isOver
      || (await world.service.query(`select from pg_locks where locktype = 'advisory' and not granted`)).rowCount === 1);
    await world.admin.query('commit');
    expect((await released).body.code).toBe('payouts_stopped');
    await liftAll();
    expect((await release(run)).status).toBe(200);
  });

  it('keeps the file of a released run from the bank', async () => {
    const run = await approvedRun();
    expect((await release(run)).status).toBe(200);
    await find({ rowNamed: 'batch:file' });
    const file = () => world.get(`settlement-runs/${String(run['runId'])}/file`);
    expect(await file()).toMatchObject({ status: 409, body: { code: 'payouts_stopped', details: { invariant: 'L3' } } });
    await liftAll();
    expect((await file()).status).toBe(200);
  });

  it('that is told again while it stands is one stop; told after it was lifted, it is another', async () => {
    await find({ rowNamed: 'batch:2' });
    await find({ rowNamed: 'batch:2', detail: 'off by two' });
    expect(await stops()).toEqual([expect.objectContaining({ service: 'redemption', invariant: 'L3', rowNamed: 'batch:2', detail: 'off by a cent', liftedBy: null })]);
    await liftAll();
    expect(await stops()).toEqual([]);
    await find({ rowNamed: 'batch:2' });
    expect(await stops()).toHaveLength(1);
    expect((await stops('?state=all')).filter(({ rowNamed }) => rowNamed === 'batch:2')).toHaveLength(2);
    await liftAll();
  });

  it('is lifted once, by somebody who approves, with a word; audit hears of it', async () => {
    await find({ rowNamed: 'batch:3' });
    const [{ stopId }] = (await stops()) as [{ stopId: string }];
    expect((await lift(stopId, ANNA)).status).toBe(403);
    expect((await world.post(`payout-stops/${stopId}/lifting`, { as: BERT, body: { note: '' } })).body.code).toBe('request_malformed');
    expect((await lift(stopId, { ...BERT, secondFactorTime: null })).body.code).toBe('second_factor_stale');
    expect((await lift(stopId)).status).toBe(200);
    expect((await lift(stopId)).body.code).toBe('payout_stop_lifted');
    expect((await lift(shown('payoutStop', randomUUID()))).body.code).toBe('payout_stop_unknown');
    expect((await world.emitted(PayoutStopLiftedV1)).at(-1)!.body).toMatchObject({ stopId: plain(stopId), invariant: 'L3' });
  });

  it('is read by operator and auditors, and by no place', async () => {
    const place = await world.accredit();
    expect((await world.get('payout-stops', AUDITOR)).status).toBe(200);
    expect((await world.get('payout-stops', tillOf(place))).status).toBe(403);
  });
});

describe('a finding of its own', () => {
  const tell = async () => {
    await (world.lifecycle as MessagingLifecycle).checkInvariants();
    return (await world.emitted(InvariantBrokenV1)).map(({ body }) => body);
  };

  it('is told at once, and not lifted before it is mended', async () => {
    expect(await tell()).toEqual([]);
    const run = await approvedRun();
    await world.admin.query(`set session_replication_role = replica; update settlement.guarded_balance set balance = balance + 1 where account like 'payable:%'; reset session_replication_role`);
    const found = await tell();
    expect(found).toContainEqual(expect.objectContaining({ invariant: 'L4g:settlement', rowNamed: expect.stringContaining('payable:') }));
    expect(await tell()).toHaveLength(found.length);
    for (const finding of found) await world.take(InvariantBrokenV1, finding);
    // As the consumer host says who sent it: of its own, a service can look again.
    expect((await release(run)).body.code).toBe('payouts_stopped');
    await liftAll();
    await world.service.query(`insert into settlement.payout_stop (id, service, invariant, sentence, row_named, detail, found_at, stopped_at, event_id)
      values ($1, 'settlement', $2, 's', 'r', 'd', now(), now(), $3)`, [randomUUID(), found[0]!.invariant, randomUUID()]);
    const [{ stopId }] = (await stops()) as [{ stopId: string }];
    expect(await lift(stopId)).toMatchObject({ status: 409, body: { code: 'invariant_still_broken', details: { invariant: found[0]!.invariant } } });
    await world.admin.query(`set session_replication_role = replica; update settlement.guarded_balance set balance = balance - 1 where account like 'payable:%'; reset session_replication_role`);
    expect((await lift(stopId)).status).toBe(200);
    expect((await release(run)).status).toBe(200);
  });
});
