// Reads the whole of what tills decide by: some thousands of rows, and only when its version has moved.
import type pg from 'pg';
import type { ServiceCode, ServicePrice } from '#libs/contracts';
import { cents, dayIn, type BatchId, type DeviceId, type LocalDate, type MeasureId, type PlaceId, type ProgrammeId, type SiteId } from '#libs/kernel';
import { countingVersions, type RecordedAccreditation } from '../accreditation.decision.js';
import type { Departure } from '../departure.decision.js';
import type { Measure, MeasureKind } from '../measure.decision.js';
import type { Accreditation, Batch } from '../redeem-voucher/redeem-voucher.decision.js';
import { boundOf, type Tariff } from '../tariff.decision.js';
import type { FeeRule, KnownPlace, Range, Reference, TariffKey } from './reference.decision.js';

/** Not the thousands that a file brought and nobody accredited: to a till they are not registered. */
const PLACES = `
  select s.place_id, s.id as site_id, s.time_zone from redemption.site s
  where exists (select from redemption.accreditation a where a.place_id = s.place_id)`;
const ACCREDITATIONS = `
  select place_id, programme_id, version, from_day::text as from_day, to_day::text as to_day, services, created_at
  from redemption.accreditation order by place_id, programme_id, version desc`;
const MEASURES = `
  select id, place_id, programme_id, kind, from_day::text as from_day, until_day::text as until_day from redemption.measure_span order by id`;
const DEPARTURES = `
  select place_id, programme_id, from_day::text as from_day, until_day::text as until_day from redemption.departure_span order by id`;
const BATCHES = `
  select id, programme_id, unit, face::text as face, usable_until::text as usable_until, claimable_until::text as claimable_until,
    services, redemption_max::text as redemption_max, service_prices, offline, custody_account_id, pepper_key_id,
    exists (select from redemption.expiry_run e where e.batch_id = b.id and e.lifted_by is null) as expiring,
    exists (select from redemption.frozen_order f where f.order_id = b.order_id) as frozen
  from redemption.batch b`;
const RANGES = 'select batch_id, first, last from redemption.spendable_range order by batch_id, first';
const STOPPED = `
  select batch_id, lower(span) as first, upper(span) - 1 as last
  from (select batch_id, unnest(range_agg(int4range(first, last, '[]'))) as span from redemption.stopped_range group by batch_id) s
  order by 1, 2`;
const FEE_RULES = 'select programme_id, version, from_day::text as from_day from redemption.known_fee_rule order by programme_id, version desc';
const DEVICES_ONLY = `
  select place_id from (select distinct on (place_id) place_id, devices_only from redemption.device_rule order by place_id, version desc) r
  where devices_only`;
const REVOKED = 'select id from redemption.till_device where revoked_at is not null';

const TARIFFS = `
  select place_id, service, version, price, from_day::text as from_day from redemption.counting_tariff t
  where exists (select from redemption.accreditation a where a.place_id = t.place_id) order by place_id, service, version desc`;

type PlaceRow = { place_id: PlaceId; site_id: SiteId; time_zone: string };
type AccreditationRow = {
  place_id: PlaceId; programme_id: ProgrammeId; version: number; from_day: LocalDate; to_day: LocalDate; services: ServiceCode[];
  created_at: string;
};
type MeasureRow = {
  id: MeasureId; place_id: PlaceId; programme_id: ProgrammeId; kind: MeasureKind; from_day: LocalDate; until_day: LocalDate | null;
};
type DepartureRow = { place_id: PlaceId; programme_id: ProgrammeId; from_day: LocalDate; until_day: LocalDate | null };
type BatchRow = {
  id: BatchId; programme_id: ProgrammeId; unit: boolean; face: string; usable_until: LocalDate; claimable_until: LocalDate;
  services: ServiceCode[]; redemption_max: string | null; service_prices: ServicePrice[]; offline: boolean; custody_account_id: string;
  pepper_key_id: string; expiring: boolean; frozen: boolean;
};
type RangeRow = Range & { batch_id: BatchId };
type FeeRuleRow = { programme_id: ProgrammeId; version: number; from_day: LocalDate };
type TariffRow = { place_id: PlaceId; service: ServiceCode; version: number; price: number; from_day: LocalDate };

type Rows = Readonly<{
  places: PlaceRow[]; accreditations: AccreditationRow[]; batches: BatchRow[]; ranges: RangeRow[]; stopped: RangeRow[];
  feeRules: FeeRuleRow[]; measures: MeasureRow[]; departures: DepartureRow[];
  tariffs: TariffRow[]; devicesOnly: { place_id: PlaceId }[]; revoked: { id: DeviceId }[];
}>;
// One statement, and so one snapshot: a place that is accredited again after a withdrawal would else be seen without its withdrawal
// and still with the accreditation of before.
const ALL = `select ${Object.entries({
  places: PLACES, accreditations: ACCREDITATIONS, batches: BATCHES, ranges: RANGES, stopped: STOPPED, feeRules: FEE_RULES,
  measures: MEASURES, departures: DEPARTURES, tariffs: TARIFFS, devicesOnly: DEVICES_ONLY, revoked: REVOKED,
} satisfies Record<keyof Rows, string>).map(([name, rows]) => `(select coalesce(json_agg(r), '[]') from (${rows}) r) as "${name}"`).join()}`;

/**
 * `version` was read before the rows are, in an earlier statement: rows may then be newer than their version says, which
 * costs a second reading, but never older.
 */
export async function loadReference(client: pg.Client, version: bigint): Promise<Reference> {
  const { rows: [all] } = await client.query<Rows>(ALL);
  const { places, accreditations, batches, ranges, stopped, feeRules, measures, departures, tariffs, devicesOnly, revoked } = all!;
  const [rangesOf, stoppedOf] = [byBatch(ranges), byBatch(stopped)];
  return {
    version,
    places: placesOf({ places, accreditations, measures, departures }),
    batches: new Map(batches.map((row) => [
      row.id, { batch: batchOf(row), ranges: rangesOf.get(row.id) ?? [], stopped: stoppedOf.get(row.id) ?? [] },
    ])),
    feeRules: grouped(feeRules, (row) => row.programme_id, (row): FeeRule => ({ version: row.version, from: row.from_day })),
    tariffs: grouped(tariffs, (row): TariffKey => `${row.place_id}/${row.service}`,
      (row): Tariff => ({ version: row.version, from: row.from_day, price: cents(row.price) })),
    devicesOnly: new Set(devicesOnly.map((row) => row.place_id)),
    revokedDevices: new Set(revoked.map((row) => row.id)),
    pepperKeyIds: [...new Set(batches.map((row) => row.pepper_key_id))],
  };
}

const byBatch = (rows: readonly RangeRow[]): Map<BatchId, Range[]> =>
  grouped(rows, (row) => row.batch_id, ({ first, last }): Range => ({ first, last }));

const batchOf = (row: BatchRow): Batch => ({
  id: row.id, programmeId: row.programme_id, unit: row.unit, face: cents(row.face), usableUntil: row.usable_until,
  claimableUntil: row.claimable_until, services: row.services, custodyAccountId: row.custody_account_id, expiring: row.expiring,
  frozen: row.frozen,
  ...(row.redemption_max !== null && { redemptionMax: cents(row.redemption_max) }), ...(row.offline && { offline: true as const }),
  ...(row.service_prices.length > 0 && { priceBounds: row.service_prices.map(boundOf) }),
});

function placesOf(
  { places, accreditations, measures, departures }: Pick<Rows, 'places' | 'accreditations' | 'measures' | 'departures'>,
): Map<PlaceId, KnownPlace> {
  const byPlace = grouped(accreditations, (row) => row.place_id, (row) => row);
  const measured = grouped(measures, (row) => row.place_id, (row) => row);
  const leaving = grouped(departures, (row) => row.place_id, (row) => row);
  return new Map(places.map((row) => {
    const [against, left] = [measured.get(row.place_id), leaving.get(row.place_id)];
    return [row.place_id, {
      siteId: row.site_id, timeZone: row.time_zone, accreditations: accreditationsOf(byPlace.get(row.place_id) ?? [], row.time_zone),
      ...(against && { measures: grouped(against, ({ programme_id: id }) => id, measureOf) }),
      ...(left && { departures: grouped(left, ({ programme_id: id }) => id, departureOf) }),
    }];
  }));
}

function accreditationsOf(rows: readonly AccreditationRow[], timeZone: string): Map<ProgrammeId, Accreditation[]> {
  const recorded = grouped(rows, (row) => row.programme_id, (row): RecordedAccreditation => ({
    accreditation: { version: row.version, from: row.from_day, to: row.to_day, ...(row.services.length > 0 && { services: row.services }) },
    recordedOn: dayIn(timeZone, new Date(row.created_at)),
  }));
  return new Map([...recorded].map(([programmeId, versions]) => [programmeId, countingVersions(versions)]));
}

const measureOf = (row: MeasureRow): Measure =>
  ({ id: row.id, kind: row.kind, from: row.from_day, ...(row.until_day !== null && { until: row.until_day }) });

const departureOf = (row: DepartureRow): Departure => ({ from: row.from_day, ...(row.until_day !== null && { until: row.until_day }) });

function grouped<Row, Key, Item>(rows: readonly Row[], keyOf: (row: Row) => Key, itemOf: (row: Row) => Item): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(itemOf(row));
    else groups.set(keyOf(row), [itemOf(row)]);
  }
  return groups;
}
