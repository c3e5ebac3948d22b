// Samples over HTTP against a real log: what they are drawn from, that they come again by their seed, worksheets, scopes of mandates,
// and what the tables refuse.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '#libs/auth';
import { AUDITOR, AuditWorld, type Answer } from '../../../../test/builders/audit-world.js';
import { mandateFor, mandateForAll } from '../../../../test/builders/mandate.js';

type Item = {
  position: number; eventId: string; stratum: string; amountCents: number; verdict: string;
  marks: { verdict: string; note: string | null }[];
};
let world: AuditWorld;
const [programme, other, placeA, placeB, payer] = Array.from({ length: 5 }, (_, at) => `01900000-0000-7000-8000-00000000010${at}`) as [string, string, string, string, string];
const batchOfPayer = '01900000-0000-7000-8000-000000000200';
let redeemed: string[];

beforeAll(async () => {
  world = await AuditWorld.create();
  const redemptions = Array.from({ length: 60 }, (_, at) => ({
    id: world.newId(), type: 'voucher.redeemed.v1', body: {
      programmeId: at % 3 === 0 ? other : programme, placeId: at % 4 === 0 ? placeB : placeA,
      batchId: at < 10 ? batchOfPayer : world.newId(), voucherIndex: at,
      amountCents: 100 * (at + 1), serviceDate: at < 30 ? '2026-01-15' : '2026-02-15',
    },
  }));
  redeemed = redemptions.map(({ id }) => id);
  await world.take('redemption', [
    ...redemptions, { type: 'redemption.undone.v1', body: { redemptionId: redeemed[0], undoId: world.newId() } },
  ]);
  await world.take('issuance', [{ type: 'range.activated.v1', body: { batchId: batchOfPayer, first: 0, last: 99, amountCents: 1_000, shares: [{ payerId: payer, amountCents: 1_000 }] } }]);
  await world.take('settlement', [
    ...[1, 2, 3].map((n) => ({ type: 'statement.closed.v1', body: { statementId: world.newId(), payeeId: placeA, netCents: n * 1_000 } })),
    { type: 'payment.booked.v1', body: { paymentId: world.newId(), amountCents: 3_000, bookedOn: '2026-03-01' } },
  ]);
  expect((await world.post('checkpoints')).status).toBe(201);
});
afterAll(() => world.close());

const ask = (body: object, as: Principal = AUDITOR, key?: string) => world.post('samples', as, key, { title: 'A sample', population: 'redemption', size: 5, ...body });
const codeOf = ({ body }: Answer) => body.code;
async function draw(body: object, as: Principal = AUDITOR): Promise<string> {
  const answer = await ask(body, as);
  expect([answer.status, answer.body]).toEqual([201, { sampleId: expect.any(String) }]);
  return String(answer.body['sampleId']);
}
const itemsOf = async (sampleId: string, as: Principal = AUDITOR) => (await world.get(`samples/${sampleId}/items?limit=200`, as)).body['items'] as Item[];
const frameOf = async (sampleId: string, as: Principal = AUDITOR) => (await world.get(`samples/${sampleId}`, as)).body['frame'] as { count: number; amountCents: number };
const mark = (sampleId: string, position: number, body: object, as: Principal = AUDITOR) => world.post(`samples/${sampleId}/items/${position}/marks`, as, undefined, body);
const another = (over: Partial<Principal> = {}): Principal =>
  ({ ...AUDITOR, userId: world.newId(), organisationId: world.newId(), ...over });

describe('a sample', () => {
  it('keeps its frame, and comes again by its seed, by whoever draws it and by any tool', async () => {
    const first = await draw({ seed: 'seed-1' });
    const items = await itemsOf(first);
    expect(await frameOf(first)).toMatchObject({ count: 60, amountCents: 183_000, logSize: 66, scopes: null, from: null });
    const hash = (id: string) => createHash('sha256').update(`seed-1:${id}`).digest('hex');
    const byHash = [...redeemed].sort((one, two) => (hash(one) < hash(two) ? -1 : 1));
    expect(items.map(({ eventId }) => eventId.slice(4))).toEqual(byHash.slice(0, 5));
    const stranger = another();
    expect((await itemsOf(await draw({ seed: 'seed-1' }, stranger), stranger)).map(({ eventId }) => eventId)).toEqual(items.map(({ eventId }) => eventId));
    expect((await world.get(`samples/${first}/repetition`)).body).toMatchObject({ same: true, frameCount: 60, eventIds: items.map(({ eventId }) => eventId) });
  });

  it('stays the same however the log grows, and is drawn from what is signed', async () => {
    const sampleId = await draw({ seed: 'grows', size: 10 });
    const before = await itemsOf(sampleId);
    await world.take('redemption', Array.from({ length: 20 }, () => ({ type: 'voucher.redeemed.v1', body: { programmeId: programme, placeId: placeA, amountCents: 1, serviceDate: '2026-02-15' } })));
    expect(await frameOf(await draw({ seed: 'grows', size: 10 }))).toMatchObject({ count: 60 });
    await world.seal();
    expect((await world.get(`samples/${sampleId}/repetition`)).body).toMatchObject({ same: true, eventIds: before.map(({ eventId }) => eventId) });
    const narrow = { until: '2026-02-01' };
    expect(await frameOf(await draw(narrow))).toMatchObject({ count: 30 });
  });

  it('by an own seed is another each time', async () => {
    const [one, two] = [await draw({ size: 20 }), await draw({ size: 20 })];
    expect((await itemsOf(one)).map(({ eventId }) => eventId)).not.toEqual((await itemsOf(two)).map(({ eventId }) => eventId));
  });

  it.each([
    ['programme', {}, { [programme]: 4, [other]: 2 }], ['place', {}, { [placeA]: 5, [placeB]: 1 }], ['month', {}, { '2026-01': 3, '2026-02': 3 }],
    ['amount_band', { bandCents: [1_000, 5_501] }, { 'band:0': 2, 'band:1': 3, 'band:2': 1 }],
  ])('by %s takes of each stratum', async (stratum, over, expected) => {
    const counts: Record<string, number> = {};
    for (const item of await itemsOf(await draw({ stratum, size: 6, until: '2026-02-28', ...over }))) counts[item.stratum] = (counts[item.stratum] ?? 0) + 1;
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(Object.keys(counts).sort()).toEqual(Object.keys(expected).sort());
    if (stratum !== 'place') expect(counts).toEqual(expected);
  });

  it.each([
    [{ programmeId: `prg_${programme}` }, 40], [{ placeId: `plc_${placeB}` }, 15], [{ from: '2026-02-01' }, 30], [{ until: '2026-01-31' }, 30],
    [{ population: 'claim_line' }, 59], [{ population: 'statement', size: 2 }, 3], [{ population: 'payment', size: 1 }, 1],
  ])('of %j has a frame of %s', async (over, count) => {
    expect(await frameOf(await draw(over))).toMatchObject({ count });
  });

  it('is refused where it cannot be', async () => {
    expect(await ask({ population: 'statement', stratum: 'programme' })).toMatchObject({ status: 422, body: { code: 'filter_not_told', details: { what: 'programme' } } });
    expect(await ask({ population: 'payment', size: 2 })).toMatchObject({ status: 422, body: { code: 'frame_too_small', details: { frameCount: 1 } } });
    for (const body of [{ stratum: 'amount_band' }, { bandCents: [1] }, { stratum: 'amount_band', bandCents: [2, 1] }, { size: 501 }, { seed: 'a b' }]) {
      expect(codeOf(await ask(body))).toBe('request_malformed');
    }
  });

  it('asks for a checkpoint', async () => {
    const empty = await AuditWorld.create();
    try {
      expect(codeOf(await empty.post('samples', AUDITOR, undefined, { title: 'A sample', population: 'redemption', size: 5 }))).toBe('checkpoint_not_found');
    } finally {
      await empty.close();
    }
  });

  it('is drawn once per key', async () => {
    const key = world.newId();
    expect((await ask({}, AUDITOR, key)).body).toEqual((await ask({}, AUDITOR, key)).body);
  });

  it('is not found by another auditing body, nor by the operator', async () => {
    const sampleId = await draw({});
    const stranger = another();
    for (const path of [`samples/${sampleId}`, `samples/${sampleId}/items`, `samples/${sampleId}/repetition`]) {
      expect(codeOf(await world.get(path, stranger))).toBe('sample_not_found');
    }
    expect(codeOf(await mark(sampleId, 1, { verdict: 'ok' }, stranger))).toBe('sample_not_found');
    expect((await world.get('samples', stranger)).body['items']).toEqual([]);
    expect(((await world.get('samples?limit=200')).body['items'] as { sampleId: string }[])[0]!.sampleId).toBe(sampleId);
  });

  it('that was tampered with does not come again', async () => {
    const sampleId = await draw({ seed: 'tampered', size: 60, until: '2026-02-28' });
    await world.tamper(`update audit.event set body = jsonb_set(body, '{amountCents}', '7777') where id = '${redeemed[3]!}'`);
    expect((await world.get(`samples/${sampleId}/repetition`)).body).toMatchObject({ same: false });
    await world.tamper(`update audit.event set body = jsonb_set(body, '{amountCents}', '400') where id = '${redeemed[3]!}'`);
    expect((await world.get(`samples/${sampleId}/repetition`)).body).toMatchObject({ same: true });
  });
});

describe('a mandate for some', () => {
  it.each([
    [{ programmeIds: [other] }, 20], [{ payerIds: [payer] }, 10], [{ programmeIds: [other], payerIds: [payer] }, 4],
  ])('for %j leaves %s redemptions in the frame, which the frame says', async (scope, count) => {
    const narrow = another({ mandates: mandateFor(scope) });
    const sampleId = await draw({ size: 2, until: '2026-02-28' }, narrow);
    expect(await frameOf(sampleId, narrow)).toMatchObject({ count, scopes: [expect.anything()] });
    expect((await world.get(`samples/${sampleId}/repetition`, narrow)).body).toMatchObject({ same: true });
  });

  it('for two things leaves both; together with one for all, everything', async () => {
    const two = { hadOne: true, inForce: [...mandateFor({ programmeIds: [other] }).inForce, ...mandateFor({ payerIds: [payer] }).inForce] };
    const narrow = another({ mandates: two });
    const wide = another({ mandates: { ...two, inForce: [...two.inForce, ...mandateForAll().inForce] } });
    expect(await frameOf(await draw({ until: '2026-02-28', size: 2 }, narrow), narrow)).toMatchObject({ count: 26 });
    expect(await frameOf(await draw({ until: '2026-02-28', size: 2, seed: 'wide' }, wide), wide)).toMatchObject({ count: 60, scopes: null });
  });

  it('leaves nothing of what is told without programme', async () => {
    expect(codeOf(await ask({ population: 'payment', size: 1 }, another({ mandates: mandateFor({ programmeIds: [other] }) })))).toBe('mandate_too_narrow');
  });
});

describe('a worksheet', () => {
  it('tells what was found of each item, the last of which counts, and forgets nothing', async () => {
    const sampleId = await draw({});
    expect((await itemsOf(sampleId)).map(({ verdict }) => verdict)).toEqual(Array.from({ length: 5 }, () => 'open'));
    expect(codeOf(await mark(sampleId, 2, { verdict: 'not_ok' }))).toBe('request_malformed');
    expect((await mark(sampleId, 2, { verdict: 'not_ok', note: 'No paper' })).status).toBe(201);
    await Promise.all([mark(sampleId, 1, { verdict: 'ok' }), mark(sampleId, 1, { verdict: 'ok', note: 'twice' })]);
    expect((await mark(sampleId, 2, { verdict: 'ok', note: 'Found it' })).status).toBe(201);
    const [one, two] = await itemsOf(sampleId);
    expect(one!.marks).toHaveLength(2);
    expect([two!.verdict, two!.marks.map(({ verdict, note }) => [verdict, note])]).toEqual(['ok', [['not_ok', 'No paper'], ['ok', 'Found it']]]);
    expect((await world.get(`samples/${sampleId}`)).body['progress']).toEqual({ ok: 2, notOk: 0, open: 3 });
    expect(codeOf(await mark(sampleId, 6, { verdict: 'ok' }))).toBe('item_not_found');
  });

  it('is read page by page', async () => {
    const sampleId = await draw({});
    const { body } = await world.get(`samples/${sampleId}/items?limit=3`);
    const { body: rest } = await world.get(`samples/${sampleId}/items?limit=3&cursor=${String(body['nextCursor'])}`);
    expect([body, rest].map(({ items }) => (items as Item[]).map(({ position }) => position))).toEqual([[1, 2, 3], [4, 5]]);
  });
});

describe('the tables', () => {
  const refused = (sql: string) => world.admin.query(sql).then(() => 'taken', ({ code, constraint }: { code: string; constraint?: string }) => constraint ?? code);

  it('take no item more or less, no gap among marks, and no change', async () => {
    const sampleId = (await draw({})).slice(4);
    expect(await refused(`insert into audit.sample_item select sample_id, 6, '${redeemed[59]!}', stratum, 1, 'EUR' from audit.sample_item where sample_id = '${sampleId}' limit 1`)).toBe('23514');
    expect(await refused(`insert into audit.sample select gen_random_uuid(), organisation_id, mandate_ids, title, population, filter, stratum, band_cents, log_size,
      frame_count, frame_cents, currency, seed, size, drawn_by, drawn_at from audit.sample where id = '${sampleId}'`)).toBe('23514');
    expect(await refused(`insert into audit.sample_mark values ('${sampleId}', 1, 2, 'ok', null, gen_random_uuid(), now())`)).toBe('23514');
    expect(await refused(`insert into audit.sample_mark values ('${sampleId}', 1, 1, 'not_ok', null, gen_random_uuid(), now())`)).toBe('not_ok_says_why');
    expect(await refused(`update audit.sample set seed = 'x'`)).toBe('23000');
    expect(await refused('delete from audit.sample_item')).toBe('23000');
  });
});
