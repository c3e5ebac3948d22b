// Territory on a real database: services by area and what places took in within a year, from events; as JSON and as tables with a schema.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchCreatedV1, PlaceAccreditedV1, ProgrammePublishedV1, RangeActivatedV1, RedemptionUndoneV1, VoucherRedeemedV1 } from '#libs/contracts';
import { idOf, showId } from '#libs/kernel';
import { AuditWorld, OPERATOR, person } from '../../../../test/builders/audit-world.js';

let world: AuditWorld;
let programmeId: string;
let places: string[];
let accreditations: string[];
const PAYER = person({ organisationKind: 'payer', roles: ['payer'], partyId: '01900000-0000-7000-8000-0000000000f1' });
const programme = () => showId('programme', idOf('programme', programmeId));
const place = (at: number) => showId('place', idOf('place', places[at]!));

type Area = Readonly<{
  kind: string; code: string | null; redemptions: number; redeemedCents: number; people: number; places: number; minutes: number | null;
}>;
const areas = async (months = 'from=2026-03&to=2026-03') => (await world.get(`areas?programmeId=${programme()}&${months}`)).body as unknown as { readTo: number; areas: Area[]; money: object };
const area = (found: readonly Area[], kind: string, code: string | null) => found.find((one) => one.kind === kind && one.code === code);
type Earned = Readonly<{ placeId: string; takenCents: number; band: string | null; locatedBy: string | null; commune: string | null }>;
const earned = async (year: number, as = OPERATOR) => (await world.get(`place-earnings?year=${year}`, as)).body as unknown as {
  isOver: boolean; bands: object | null; range: { version: number; low: number } | null; places: Earned[] | null;
};

/** Valence and Bourg in one EPCI, Saint-Étienne in none that is told, and a place of which nobody told where it is. */
beforeAll(async () => {
  world = await AuditWorld.create();
  programmeId = world.newId();
  const [batchId, otherProgramme] = [world.newId(), world.newId()];
  places = Array.from({ length: 5 }, () => world.newId());
  const accredited = (at: number, over: object, sample: object = PlaceAccreditedV1.sample) => (
    { id: world.newId(), type: PlaceAccreditedV1.type, body: { ...sample, placeId: places[at]!, programmeId, name: `Lieu ${at}`, ...over } });
  const { commune: _, latitude: __, longitude: ___, address: ____, ...nowhere } = PlaceAccreditedV1.sample;
  const used = (at: number, index: number, over: object = {}) => {
    const id = world.newId();
    return { id, type: VoucherRedeemedV1.type, body: {
      ...VoucherRedeemedV1.sample, redemptionId: id, programmeId, batchId, placeId: places[at]!, amountCents: 1_000, voucherIndex: index, serviceDate: '2026-03-31', ...over } };
  };
  const undone = used(0, 90);
  const shares = [50_000, 40_000].map((amountCents) => ({ payerId: world.newId(), amountCents }));
  const told = [accredited(0, { commune: '26362' }), accredited(1, { commune: '26058' }), accredited(2, { commune: '42218' }), accredited(3, {}, nowhere),
    accredited(4, { commune: '97411', from: '2027-01-01', to: '2027-12-31' })];
  accreditations = told.map(({ id }) => id);
  await world.take('redemption', [
    { type: ProgrammePublishedV1.type, body: { ...ProgrammePublishedV1.sample, programmeId, territory: [{ kind: 'epci', code: '200068781', communes: ['26362', '26058'] }] } },
    { type: BatchCreatedV1.type, body: { ...BatchCreatedV1.sample, batchId, programmeId, bookletSize: 10 } },
    { type: RangeActivatedV1.type, body: { ...RangeActivatedV1.sample, batchId, amountCents: 90_000, shares } },
    ...told,
    used(0, 0, { durationMinutes: 60 }), used(0, 1), used(0, 10), used(1, 11), used(2, 30), used(3, 40),
    used(0, 50, { serviceDate: '2026-04-01' }), used(2, 60, { programmeId: otherProgramme, amountCents: 1_499_000 }), undone,
    { type: RedemptionUndoneV1.type, body: { ...RedemptionUndoneV1.sample, redemptionId: undone.id, programmeId } },
  ]);
});
afterAll(() => world.close());

describe('services by area', () => {
  it('are told by commune, EPCI and département; one person in two communes is one of their EPCI', async () => {
    const { areas: found, readTo } = await areas();
    expect(area(found, 'commune', '26362')).toEqual({ kind: 'commune', code: '26362', redemptions: 3, redeemedCents: 3_000, people: 2, places: 1, minutes: 60 });
    expect(area(found, 'commune', '26058')).toMatchObject({ redemptions: 1, people: 1, minutes: null });
    expect(area(found, 'epci', '200068781')).toMatchObject({ redemptions: 4, people: 2, places: 2 });
    expect(area(found, 'departement', '26')).toMatchObject({ redemptions: 4, people: 2 });
    expect(area(found, 'departement', '42')).toMatchObject({ redemptions: 1, places: 1 });
    expect(area(found, 'programme', programme())).toMatchObject({ redemptions: 6, people: 4, places: 4 });
    expect(readTo).toBe(18);
  });

  it('whose commune or EPCI nobody told are unknown, and counted there', async () => {
    const { areas: found } = await areas();
    expect(area(found, 'commune', null)).toMatchObject({ redemptions: 1, places: 1 });
    expect(area(found, 'departement', null)).toMatchObject({ redemptions: 1 });
    expect(area(found, 'epci', null)).toMatchObject({ redemptions: 2, places: 2 });
    for (const kind of ['commune', 'epci', 'departement']) {
      expect([kind, found.filter((one) => one.kind === kind).reduce((sum, { redemptions }) => sum + redemptions, 0)]).toEqual([kind, 6]);
    }
  });

  it('come with how far the money of the programme goes', async () => {
    expect((await areas()).money).toEqual({ activatedCents: 90_000, redeemedCents: 7_000, expiredCents: 0, payers: 2 });
  });

  it('are asked for by whole months, and of a month without any there are none', async () => {
    expect(area((await areas('from=2026-03&to=2026-04')).areas, 'commune', '26362')).toMatchObject({ redemptions: 4 });
    expect((await areas('from=2026-06&to=2026-06')).areas).toEqual([{ kind: 'programme', code: programme(), redemptions: 0, redeemedCents: 0, people: 0, places: 0, minutes: null }]);
    for (const months of ['from=2026-04&to=2026-03', 'from=2023-01&to=2026-03', 'from=2026-03-01&to=2026-03']) {
      expect([months, (await world.get(`areas?programmeId=${programme()}&${months}`)).status]).toEqual([months, 400]);
    }
    expect((await world.get(`areas?programmeId=${programme()}&from=2026-03&to=2026-03`, PAYER)).status).toBe(403);
  });
});

describe('what places took in within a year', () => {
  it('is of all programmes, compared with the published range, and names the event that says where the place is', async () => {
    const { places: found, range, isOver } = await earned(2026);
    expect([range, isOver]).toMatchObject([{ version: 1, low: 1_500_000 }, false]);
    expect(found).toHaveLength(4);
    expect(found![0]).toMatchObject({ placeId: place(2), takenCents: 1_500_000, band: 'within', commune: '42218', locatedBy: showId('event', idOf('event', accreditations[2]!)) });
    expect(found!.find(({ placeId }) => placeId === place(0))).toMatchObject({ takenCents: 4_000, band: 'below' });
    expect(found!.find(({ placeId }) => placeId === place(3))).toMatchObject({ takenCents: 1_000, commune: null });
  });

  it('is zero for a place that was accredited and took nothing, and unknown for one that was not', async () => {
    expect((await earned(2027)).places).toEqual([expect.objectContaining({ placeId: place(4), takenCents: 0, redemptions: 0, band: 'below' })]);
    expect((await earned(2025)).places).toEqual([]);
  });

  it('is told to a payer as counts', async () => {
    expect(await earned(2026, PAYER)).toMatchObject({ places: null, bands: { below: 3, within: 1, above: 0 } });
  });
});

describe('third parties', () => {
  it('each have a reason with a source, told to everybody, for whatever is missing', async () => {
    const { items } = (await world.get('third-parties', null)).body as unknown as { items: { thirdParty: string; where: string[]; source: string }[] };
    expect(new Set(items.map(({ thirdParty }) => thirdParty)).size).toBe(8);
    for (const missing of ['places', 'vouchers', 'payers']) expect([missing, items.some(({ where }) => where.includes(missing))]).toEqual([missing, true]);
    expect(items.filter(({ source }) => source.length < 20)).toEqual([]);
  });
});

describe('a table', () => {
  it.each([['areas', () => `areas.csv?programmeId=${programme()}&from=2026-03&to=2026-03`], ['places', () => 'place-earnings.csv?year=2026']])(
    'of %s has the columns that its schema tells', async (name, path) => {
      const lines = (await world.bytes(path())).toString('utf8').trimEnd().split('\r\n');
      const { fields } = (await world.get(`territory-schemas/${name}`, null)).body as unknown as { fields: { name: string; constraints?: { required?: true } }[] };
      expect(lines[0]).toBe(fields.map((field) => field.name).join(','));
      expect(lines.length).toBeGreaterThan(4);
      for (const line of lines.slice(1)) {
        const cells = line.split(',');
        expect(fields.filter(({ constraints }, at) => constraints?.required && cells[at] === '')).toEqual([]);
      }
    });
});
