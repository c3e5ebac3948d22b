// What the database itself shows to whoever reads audit for an auditing body, a payer or a place, whatever the query above it forgot to
// ask.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { BatchCreatedV1, PlaceAccreditedV1, RangeActivatedV1, VoucherRedeemedV1 } from '#libs/contracts';
import type { Month } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import { AUDITOR, AuditWorld, OPERATOR } from '../../../test/builders/audit-world.js';
import { tablesAsRead, tablesOfNobody } from '../../../test/builders/readers.js';
import { findFinding } from './findings/finding.store.js';
import { impactFacts, paysFor } from './impact/impact-facts.store.js';

/** Signed checkpoints, and what measures are made with. */
const OF_NOBODY = ['checkpoint', 'impact_coefficient'];
const MARCH = '2026-03' as Month;
type Side = Readonly<{ body: Principal; payerId: string; placeId: string; programmeId: string; findingId: string }>;
let world: AuditWorld;
let [own, other]: Side[] = [];

/**
 * A programme that one payer paid for, with a target, and a body that audits it: a sample with a mark, a finding with a note for the place,
 * and an alert about the place with all that follows one.
 */
async function side(): Promise<Side> {
  const [payerId, placeId, programmeId, batchId] = [world.newId(), world.newId(), world.newId(), world.newId()] as const;
  const body: Principal = { ...AUDITOR, userId: world.newId(), organisationId: world.newId() };
  const used = Array.from({ length: 4 }, (_, at) => {
    const id = world.newId();
    return { id, type: VoucherRedeemedV1.type, body: { ...VoucherRedeemedV1.sample, redemptionId: id, programmeId, batchId, placeId, voucherIndex: at, serviceDate: '2026-03-31' } };
  });
  await world.take('redemption', [
    { type: BatchCreatedV1.type, body: { ...BatchCreatedV1.sample, batchId, programmeId, serialLabel: world.newId() } },
    { type: PlaceAccreditedV1.type, body: { ...PlaceAccreditedV1.sample, placeId, programmeId } },
    { type: RangeActivatedV1.type, body: { ...RangeActivatedV1.sample, batchId, shares: [{ payerId, amountCents: 10_000 }] } }, ...used,
  ]);
  await world.post('checkpoints');
  const { body: { sampleId } } = await world.post('samples', body, undefined, { title: 'A sample', population: 'redemption', size: 2, programmeId: `prg_${programmeId}` });
  await world.post(`samples/${String(sampleId)}/items/1/marks`, body, undefined, { verdict: 'ok' });
  const raised = await world.post('findings', body, undefined, {
    title: 'A finding', observation: 'What was seen', severity: 'minor', replyDue: '2026-03-20', addressee: { kind: 'place', partyId: `plc_${placeId}` }, sampleId, position: 1,
  });
  expect(raised.status).toBe(201);
  await world.post(`findings/${String(raised.body['findingId'])}/notes`, body, undefined, { text: 'A note' });
  expect((await world.post('territory-targets', OPERATOR, undefined, {
    programmeId: `prg_${programmeId}`, year: 2026, kind: 'commune', code: '42218', redemptions: 10, reason: 'An aim of this spec' })).status).toBe(201);
  await upheldAlert(placeId, used[0]!.id);
  return { body, payerId, placeId, programmeId, findingId: String(raised.body['findingId']).slice(4) };
}

async function upheldAlert(placeId: string, eventId: string): Promise<void> {
  const [alertId, appealId, at] = [world.newId(), world.newId(), '2026-03-10T09:30:00.000Z'];
  const rows: readonly (readonly [sql: string, values: readonly unknown[]])[] = [
    [`watched_place values ($1, 'A place', 'Europe/Paris')`, [placeId]],
    [`alert (id, rule, rule_version, place_id, window_from, window_to, round, severity, raised_at, measured, fact_count, amount, first_at, last_at)
      values ($1, 'night', 1, $2, '2026-03-10', '2026-03-10', 1, 5, $3, '{}', 1, 100, $3, $3)`, [alertId, placeId, at]],
    ['alert_fact values ($1, $2)', [alertId, eventId]],
    [`alert_decision values ($1, 'upheld', 'It was night', 'Il faisait nuit', 'It was night', 'one', $2, $3)`, [alertId, at, world.newId()]],
    [`alert_appeal values ($1, $2, $3, 'It was day', 'the place', $4, '2026-05-10')`, [appealId, alertId, placeId, at]],
    [`alert_appeal_answer values ($1, 'rejected', 'It was night', 'another', $2)`, [appealId, at]],
  ];
  for (const [row, values] of rows) await world.admin.query(`insert into audit.${row}`, [...values]);
}

beforeAll(async () => {
  world = await AuditWorld.create();
  [own, other] = [await side(), await side()];
});
afterAll(() => world.close());

const as = <T>(reader: string, read: (sql: Sql) => Promise<T>): Promise<T> => readAs(world.work, reader, read);
const count = async (reader: string, from: string): Promise<number> =>
  (await as(reader, (sql) => sql.$queryRawUnsafe<{ count: number }[]>(`select count(*)::int as count from ${from}`)))[0]!.count;

describe('a reader', () => {
  it('sees no row that another side sees, of any table, and nothing for nobody', async () => {
    // A place and its programme are published to both: what is told of them is no secret of either.
    const sideOf = ({ body, placeId, payerId }: Side): string[] => [body.organisationId, placeId, payerId];
    const { wrong, seen, guarded } = await tablesAsRead(world.work, { own: sideOf(own!), other: sideOf(other!) });
    expect(wrong).toEqual(['event shows both', 'event shows nobody']);
    // A table without rows would compare nothing.
    expect(seen).toEqual(guarded);
  });

  it('may read none without a policy, but for those that are of nobody in particular', async () => {
    expect(await tablesOfNobody(world.work)).toEqual(OF_NOBODY);
  });

  it('for nobody sees of the log what is published of places and programmes', async () => {
    const types = await as(randomUUID(), (sql) => sql.$queryRaw<{ type: string }[]>`select distinct type from audit.event`);
    expect(types).toEqual([{ type: PlaceAccreditedV1.type }]);
  });

  it('of an auditing body sees of samples and findings its own, and of the log what its samples hold', async () => {
    const { organisationId } = own!.body;
    const counts = await Promise.all(['audit.sample', 'audit.sample_item', 'audit.finding'].map((table) => count(organisationId, table)));
    expect(counts).toEqual([1, 2, 1]);
    expect(await count(organisationId, `audit.event where type = 'voucher.redeemed.v1'`)).toBe(2);
  });

  it('of a place reads the finding that is addressed to it with its event, where the query forgot to ask whose it is', async () => {
    const shown = (reader: string, { findingId }: Side) => as(reader, (sql) => findFinding(sql, findingId));
    const { body: { organisationId } } = own!;
    expect(await shown(own!.placeId, own!)).toMatchObject({ organisationId, position: 1, eventId: expect.any(String) });
    expect([await shown(own!.placeId, own!), await shown(own!.placeId, other!)]).toEqual([await shown(OVERSEER, own!), undefined]);
    expect(await count(own!.placeId, 'audit.sample')).toBe(0);
  });

  it('of a payer counts what its own programmes came to, as the overseer counts them, and nothing of others', async () => {
    const facts = (reader: string, programmeId: string) =>
      as(reader, (sql) => impactFacts(sql, { programmeId, from: MARCH, to: MARCH }));
    expect(await facts(own!.payerId, own!.programmeId)).toEqual(await facts(OVERSEER, own!.programmeId));
    expect(await facts(own!.payerId, own!.programmeId)).toMatchObject({ redemptions: 4 });
    expect(await facts(own!.payerId, other!.programmeId)).toMatchObject({ redemptions: 0 });
    // Where the query forgot to ask which payer's: the database knows whose activations they are.
    const pays = ({ programmeId, payerId }: Side) => as(own!.payerId, (sql) => paysFor(sql, programmeId, payerId));
    expect([await pays(own!), await pays(other!)]).toEqual([true, false]);
    expect(await count(own!.payerId, `audit.event where type = 'voucher.redeemed.v1'`)).toBe(4);
  });
});

describe('the operator', () => {
  it('reads every finding that is addressed to it', async () => {
    const raised = await world.post('findings', own!.body, undefined, {
      title: 'Another', observation: 'What was seen', severity: 'minor', replyDue: '2026-03-20', addressee: { kind: 'operator' },
    });
    expect((await world.get(`findings/${String(raised.body['findingId'])}`, OPERATOR)).status).toBe(200);
    expect((await world.get('findings', OPERATOR)).body['items']).toHaveLength(1);
  });
});
