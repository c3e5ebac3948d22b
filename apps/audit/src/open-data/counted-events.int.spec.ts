// The list of what a month counted of a programme, against the figures that were signed: of the listed events alone they are the same.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BatchCreatedV1, PlaceAccreditedV1, ProgrammePublishedV1, RangeActivatedV1, RangeHandedOverV1, RedemptionUndoneV1, VoucherExpiredChunkV1,
  VoucherRedeemedV1,
} from '#libs/contracts';
import { FigureEvents, FIGURES_ZONE, figuresOf, firstDifference, type OpenData } from '#libs/figures';
import { idOf, showId, type Month } from '#libs/kernel';
import { AuditWorld, type Said } from '../../../../test/builders/audit-world.js';
import { eventsOf, sealedUpTo } from './month-events.store.js';
import { ReleaseOpenData } from './release-open-data.command.js';

const MARCH = '2026-03' as Month;
let world: AuditWorld;
let programmes: string[];
let data: OpenData;
beforeAll(async () => {
  world = await AuditWorld.create();
  programmes = [world.newId(), world.newId()];
  for (const [at, programmeId] of programmes.entries()) await live(programmeId, 12 + at);
  world.clock.set('2026-04-20T10:00:00.000Z');
  await world.commands.execute(new ReleaseOpenData({ kind: 'process', name: 'spec', correlationId: 'spec' }));
  // Undone after the month was told: its figures stay, and so does the list of what they count.
  await world.take('redemption', [undone(later!, '2026-04-20T11:00:00.000Z')]);
  await world.seal();
  const { body } = await world.get(`open-data/months/${MARCH}`, null);
  data = JSON.parse(String(body['content'])) as OpenData;
}, 120_000);
afterAll(() => world.close());

let later: Said | undefined;
const undone = ({ id }: Said, at: string): Said => (
  { type: RedemptionUndoneV1.type, at, body: { ...RedemptionUndoneV1.sample, redemptionId: id } });

/** So many people of a programme, one service undone, one of April, one of the last microsecond of March. */
async function live(programmeId: string, people: number): Promise<void> {
  const [batchId, placeId] = [world.newId(), world.newId()];
  const used = (index: number, at: string): Said => {
    const id = world.newId();
    const of = { redemptionId: id, programmeId, batchId, placeId };
    const body = { ...VoucherRedeemedV1.sample, ...of, voucherIndex: index, redeemedAt: at, amountCents: 100 };
    return { id, at, type: VoucherRedeemedV1.type, body };
  };
  const wrong = used(900, '2026-03-10T09:30:00.000Z');
  later = used(910, '2026-03-10T09:30:00.000Z');
  await world.take('issuance', [
    { type: ProgrammePublishedV1.type, body: { ...ProgrammePublishedV1.sample, programmeId } },
    { type: BatchCreatedV1.type,
      body: { ...BatchCreatedV1.sample, batchId, programmeId, count: 1_000, bookletSize: 10, serialLabel: world.newId() } },
    { type: RangeActivatedV1.type, body: { ...RangeActivatedV1.sample, batchId } },
    { type: RangeHandedOverV1.type, body: { ...RangeHandedOverV1.sample, batchId, first: 0, last: 299 } },
    { type: VoucherExpiredChunkV1.type, body: { ...VoucherExpiredChunkV1.sample, batchId }, at: '2026-03-20T10:00:00.000Z' },
  ]);
  await world.take('redemption', [
    { type: PlaceAccreditedV1.type, body: { ...PlaceAccreditedV1.sample, placeId, programmeId, commune: '42218' } },
    ...Array.from({ length: people }, (_, at) => used(at * 10, '2026-03-10T09:30:00.000Z')),
    wrong, undone(wrong, '2026-04-02T10:00:00.000Z'), later,
    used(800, '2026-03-31T21:59:59.999999Z'), used(810, '2026-03-31T22:00:00.000Z'),
  ]);
}

type Page = { items: { eventId: string; sender: string; seq: number }[]; nextCursor: string | null };
async function listed(programmeId: string, limit: number): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const of = `open-data/events?month=${MARCH}&programmeId=${showId('programme', idOf('programme', programmeId))}&limit=${limit}`;
    const page = (await world.get(cursor === null ? of : `${of}&cursor=${cursor}`)).body as unknown as Page;
    found.push(...page.items.map(({ sender, seq }) => `${sender} ${seq}`));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const COUNTED = ['voucher.redeemed.v1', 'range.activated.v1', 'range.handed_over.v1', 'voucher.expired_chunk.v1'];

describe('the events that a month counts of a programme', () => {
  it('make its figures, with nothing beside them but what names things, and no event twice', async () => {
    for (const [at, programmeId] of programmes.entries()) {
      const all = await listed(programmeId, 200);
      expect([all.length, new Set(all).size]).toEqual([17 + at, 17 + at]);
      const events = new FigureEvents(FIGURES_ZONE);
      for await (const event of eventsOf(world.work.client, MARCH, await sealedUpTo(world.work.client))) {
        const { sender, seq } = event as typeof event & { sender: string; seq: bigint };
        if (event.type !== 'redemption.undone.v1' && (!COUNTED.includes(event.type) || all.includes(`${sender} ${seq}`))) events.take(event);
      }
      const of = <Row extends { programmeId: string }>(rows: readonly Row[]) => rows.filter((row) => row.programmeId === programmeId);
      const own = ({ programmes: rows, services, communes }: Pick<OpenData, 'programmes' | 'services' | 'communes'>) => (
        { programmes: of(rows), services: of(services), communes: of(communes) });
      expect(own(data).programmes).toMatchObject([{ redemptions: 14 + at, handedOver: 300 }]);
      expect(firstDifference(own(data), own(figuresOf(events, MARCH, data.coefficients)))).toBeUndefined();
    }
  });

  it('come in pages that leave none out', async () => {
    expect(await listed(programmes[0]!, 4)).toEqual(await listed(programmes[0]!, 200));
  });
});
