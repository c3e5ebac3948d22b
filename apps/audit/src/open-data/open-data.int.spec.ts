// What everybody may know of a month, on a real database: once, signed, and of nobody in particular.
import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BatchCreatedV1, PlaceAccreditedV1, ProgrammePublishedV1, RangeActivatedV1, RangeHandedOverV1, RedemptionUndoneV1, TimeToPayMeasuredV1,
  VoucherRedeemedV1,
} from '#libs/contracts';
import type { OpenData } from '#libs/figures';
import { showId, idOf, type Month } from '#libs/kernel';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { eventsOf, sealedUpTo } from './month-events.store.js';
import { ReleaseOpenData } from './release-open-data.command.js';

let world: AuditWorld;
let ids: Readonly<Record<'programme' | 'batch' | 'loose' | 'tilleuls' | 'halles', string>>;
beforeAll(async () => {
  world = await AuditWorld.create();
  ids = { programme: world.newId(), batch: world.newId(), loose: world.newId(), tilleuls: world.newId(), halles: world.newId() };
});
afterAll(() => world.close());

const release = () => world.commands.execute(new ReleaseOpenData({ kind: 'process', name: 'spec', correlationId: 'spec' }));
const monthOf = async (month: string) => (await world.get(`open-data/months/${month}`, null)).body;
const dataOf = async (month: string) => JSON.parse(String((await monthOf(month))['content'])) as OpenData;

type Used = Readonly<{ at?: string; index: number; batch?: 'batch' | 'loose'; place?: 'tilleuls' | 'halles'; service?: string }>;
/** One euro of one voucher. */
const used = ({ at = '2026-03-10T09:30:00.000Z', index, batch = 'batch', place = 'tilleuls', service = 'employment' }: Used) => {
  const id = world.newId();
  return {
    id, at, type: VoucherRedeemedV1.type,
    body: {
      ...VoucherRedeemedV1.sample, redemptionId: id, voucherId: world.newId(), programmeId: ids.programme, batchId: ids[batch],
      placeId: ids[place], amountCents: 100, voucherIndex: index, redeemedAt: at, service,
    },
  };
};
/** As they were told at their moments, one by one. */
async function tell(said: readonly Readonly<{ type: string; body: unknown; id?: string; at?: string }>[]): Promise<void> {
  const messages = said.map(({ type, body, id, at = '2026-03-05T10:00:00.000Z' }) =>
    ({ ...world.envelope('redemption', type, body, id), occurredAt: at }));
  await world.deliver('redemption', messages);
}
/** The first voucher of each of so many booklets of ten. */
const people = (count: number, over: Omit<Used, 'index'> = {}, from = 0) =>
  Array.from({ length: count }, (_, at) => used({ ...over, index: (from + at) * 10 }));

describe('a month', () => {
  it('is not released before anything flowed, nor before it has been over for a week', async () => {
    world.clock.set('2026-05-01T10:00:00.000Z');
    expect(await release()).toEqual([]);
    const batch = (batchId: string, bookletSize: number) =>
      ({ ...BatchCreatedV1.sample, batchId, programmeId: ids.programme, count: 1_000, bookletSize });
    const place = (placeId: string, commune: string) => ({ ...PlaceAccreditedV1.sample, placeId, programmeId: ids.programme, commune });
    await tell([
      { type: ProgrammePublishedV1.type, body: { ...ProgrammePublishedV1.sample, programmeId: ids.programme, name: 'Cap "numérique"' } },
      { type: BatchCreatedV1.type, body: batch(ids.batch, 10) }, { type: BatchCreatedV1.type, body: batch(ids.loose, 1) },
      { type: PlaceAccreditedV1.type, body: place(ids.tilleuls, '42218') }, { type: PlaceAccreditedV1.type, body: place(ids.halles, '97411') },
      { type: RangeActivatedV1.type, body: { ...RangeActivatedV1.sample, batchId: ids.batch, amountCents: 1_000_000 } },
      { type: RangeHandedOverV1.type, body: { ...RangeHandedOverV1.sample, batchId: ids.batch, first: 0, last: 299 } },
    ]);
    world.clock.set('2026-04-07T21:59:00.000Z');
    expect(await release()).toEqual([]);
    expect((await world.get('open-data/months/2026-03', null)).body.code).toBe('month_not_released');
  });

  it('tells what was rendered in it, by département and service, of groups of eleven people and more', async () => {
    const undone = used({ index: 990 });
    await tell([
      ...people(12), ...people(11, { place: 'halles', service: 'safe_use' }, 20),
      // Ten people, one of them ten times, who may all be among the eleven: those are not told either. And fifty loose vouchers, which
      // may all be one person's.
      ...people(10, { service: 'leisure_and_creation' }, 40), ...Array.from({ length: 9 }, (_, at) => used({ index: 401 + at, service: 'leisure_and_creation' })),
      ...Array.from({ length: 50 }, (_, at) => used({ index: at, batch: 'loose', service: 'family_and_education' })),
      // The last second of March in Paris, and the first of April.
      used({ index: 600, at: '2026-03-31T21:59:59.000Z' }), used({ index: 610, at: '2026-03-31T22:00:00.000Z' }),
      undone, { type: RedemptionUndoneV1.type, body: { ...RedemptionUndoneV1.sample, redemptionId: undone.id }, at: '2026-04-02T10:00:00.000Z' },
      { type: TimeToPayMeasuredV1.type, body: { month: '2026-03', programmes: [{ programmeId: ids.programme, lines: 30, medianDays: 12, ninthDecileDays: 20, longestDays: 25 }] } },
    ]);
    world.clock.set('2026-04-08T10:00:00.000Z');
    expect(await release()).toEqual(['2026-03']);
    const data = await dataOf('2026-03');
    expect(data.services).toEqual([
      { programmeId: ids.programme, departement: '42', service: 'employment', redemptions: 13, amountCents: 1_300, places: 1, minutes: null },
    ]);
    expect(data.programmes).toEqual([{
      programmeId: ids.programme, name: 'Cap "numérique"', activatedCents: 1_000_000, expiredCents: 0, handedOver: 300, redemptions: 93, redeemedCents: 9_300,
      places: 2, timeToPay: { lines: 30, medianDays: 12, ninthDecileDays: 20, longestDays: 25 }, hiddenGroups: 3, hiddenCommunes: 2,
      impact: expect.arrayContaining([expect.objectContaining({ measure: 'jobs', unknown: 'no_duration_declared' })]),
    }]);
  });

  it('is read in pages, however many of its events were told at one moment, and each of them once', async () => {
    const read = async (readAtOnce: number): Promise<Readonly<{ type: string; text: string }>[]> => {
      const found: { type: string; text: string }[] = [];
      for await (const event of eventsOf(world.work.client, '2026-03' as Month, await sealedUpTo(world.work.client), readAtOnce)) {
        found.push({ type: event.type, text: JSON.stringify(event.body) });
      }
      return found;
    };
    const [whole, paged] = [await read(5_000), await read(3)];
    expect(paged).toEqual(whole);
    expect(whole.filter(({ type }) => type === VoucherRedeemedV1.type)).toHaveLength(94);
    expect(new Set(whole.map(({ text }) => text)).size).toBe(whole.length);
  });

  it('stays as it was released, whatever comes later, and says so with a signature', async () => {
    const before = await monthOf('2026-03');
    await tell(people(40, {}, 50));
    world.clock.set('2026-04-30T10:00:00.000Z');
    expect(await release()).toEqual([]);
    expect(await monthOf('2026-03')).toEqual(before);
    const [key] = (await world.get('keys', null)).body['keys'] as { pem: string; keyId: string }[];
    expect(before['keyId']).toBe(key!.keyId);
    expect(verify(null, Buffer.from(String(before['content'])), createPublicKey(key!.pem), Buffer.from(String(before['signature']), 'base64'))).toBe(true);
    for (const change of [`update audit.open_data_release set content = content`, 'delete from audit.open_data_release']) {
      await expect(world.admin.query(change)).rejects.toThrow(/append|never|refuse|facts/i);
    }
  });

  it('of fewer than eleven people tells no number of them', async () => {
    world.clock.set('2026-06-20T10:00:00.000Z');
    // Two programs reckon it at once, and one of them is later: what it made is thrown away.
    expect((await Promise.all([release(), release()])).flat().sort()).toEqual(['2026-04', '2026-05']);
    expect(await dataOf('2026-04')).toMatchObject({ services: [], programmes: [{ redemptions: null, redeemedCents: null, places: null, handedOver: 0, timeToPay: null, hiddenGroups: 1 }] });
    expect(await dataOf('2026-05')).toMatchObject({ services: [], programmes: [{ redemptions: 0, redeemedCents: 0, hiddenGroups: 0 }] });
    const months = async (query = '') => ((await world.get(`open-data/months${query}`, null)).body['items'] as { month: string }[]).map(({ month }) => month);
    expect([await months(), await months('?before=2026-05&limit=1')]).toEqual([['2026-05', '2026-04', '2026-03'], ['2026-04']]);
  });
});

describe('the tables', () => {
  const lines = async (path: string) => (await world.get(`open-data/${path}`, null)).text.trim().split(/\r?\n/);

  it('hold what was released, oldest month first, and one month on request', async () => {
    const programme = showId('programme', idOf('programme', ids.programme));
    expect(await lines('tables/services')).toEqual([
      'month,programme,departement,service,redemptions,amount_cents,places,minutes',
      `2026-03,${programme},42,employment,13,1300,1,`,
    ]);
    const table = await lines('tables/programmes');
    expect(table[1]).toBe(`2026-03,${programme},"Cap ""numérique""",1000000,300,93,9300,2,0,30,12,20,25,3`);
    expect(table[2]).toBe(`2026-04,${programme},"Cap ""numérique""",0,0,,,,0,,,,,1`);
    expect((await lines('tables/impact?month=2026-03'))[1]).toBe(`2026-03,${programme},jobs,,,,legal_year_hours,1,no_duration_declared`);
    expect(await lines('tables/programmes?month=2026-04')).toEqual([table[0], table[2]]);
    expect((await world.get('open-data/tables/programmes?month=2026-06', null)).body.code).toBe('month_not_released');
    expect((await world.get('open-data/tables/people', null)).status).toBe(400);
  });

  it.each(['services', 'programmes', 'communes', 'impact'])('of %s have a schema that names each column, and nothing else', async (table) => {
    const { fields } = (await world.get(`open-data/schemas/${table}`, null)).body as unknown as { fields: { name: string; description: string; constraints?: { required?: boolean } }[] };
    expect(fields.map(({ name }) => name)).toEqual((await lines(`tables/${table}`))[0]!.split(','));
    expect(fields.every(({ description }) => description.length > 3)).toBe(true);
  });
});
