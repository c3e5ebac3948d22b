// The copy of what tills decide by, as one process holds it; built anew whenever its version has moved. Reading it is a
// look-up in memory, so that a redemption costs the database nothing but its own rows.
import type { ServiceCode } from '#libs/contracts';
import type { BatchId, LocalDate, PlaceId, ProgrammeId, SiteId } from '#libs/kernel';
import { accreditationOn } from '../accreditation.decision.js';
import type { Departure } from '../departure.decision.js';
import type { Measure } from '../measure.decision.js';
import type { Devices } from '../device-signature/device-signature.decision.js';
import type { Accreditation, Batch } from '../redeem-voucher/redeem-voucher.decision.js';
import { tariffOn, type Tariff } from '../tariff.decision.js';

export type KnownPlace = Readonly<{
  siteId: SiteId;
  timeZone: string;
  /** Per programme the versions that count, the latest first. */
  accreditations: ReadonlyMap<ProgrammeId, readonly Accreditation[]>;
  /** Suspensions and withdrawals, in force or not; left out for the many places that have none. */
  measures?: ReadonlyMap<ProgrammeId, readonly Measure[]>;
  /** Departures, begun or not; left out likewise. */
  departures?: ReadonlyMap<ProgrammeId, readonly Departure[]>;
}>;
export type Range = Readonly<{ first: number; last: number }>;
export type KnownBatch = Readonly<{
  batch: Batch;
  /** Spendable; these and the stopped ones each by first index, without overlap. */
  ranges: readonly Range[];
  stopped: readonly Range[];
}>;
export type FeeRule = Readonly<{ version: number; from: LocalDate }>;

export type TariffKey = `${PlaceId}/${ServiceCode}`;

export type Reference = Devices & Readonly<{
  version: bigint;
  places: ReadonlyMap<PlaceId, KnownPlace>;
  batches: ReadonlyMap<BatchId, KnownBatch>;
  /** By falling version. */
  feeRules: ReadonlyMap<ProgrammeId, readonly FeeRule[]>;
  /** Of accredited places, by place and service, each by falling version. */
  tariffs: ReadonlyMap<TariffKey, readonly Tariff[]>;
  /** Under which peppers codes were hashed when their batches were made. */
  pepperKeyIds: readonly string[];
}>;

/** Is the index in one of the ranges? By halving: a large batch may be activated in many small ranges. */
export function isIn(ranges: readonly Range[], index: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle]!;
    if (index < range.first) high = middle - 1;
    else if (index > range.last) low = middle + 1;
    else return true;
  }
  return false;
}

/** The version that a redemption made on `day` keeps for ever; undefined when none is in force yet. */
export const feeRuleOn = (reference: Reference, programmeId: ProgrammeId, day: LocalDate): number | undefined =>
  reference.feeRules.get(programmeId)?.find(({ from }) => from <= day)?.version;

/** What the place asks for the service on its day; undefined when it has said nothing, or nothing was declared. */
export const tariffFor = (
  { tariffs }: Reference, placeId: PlaceId, service: ServiceCode | undefined, day: LocalDate,
): Tariff | undefined => (service && tariffOn(tariffs.get(`${placeId}/${service}`) ?? [], day));

export function isAccreditedForAny({ accreditations }: KnownPlace, day: LocalDate): boolean {
  for (const versions of accreditations.values()) {
    const { from, to } = accreditationOn(versions, day)!;
    if (from <= day && day <= to) return true;
  }
  return false;
}
