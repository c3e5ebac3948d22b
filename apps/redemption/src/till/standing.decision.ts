// What is known of a voucher, and of the place that asks for it, as the rules of a redemption want to know it. Pure: the copy
// of what tills decide by, and the moment, are handed in.
import { dayIn, type BatchId, type Cents, type RedemptionId, type VoucherId } from '#libs/kernel';
import { accreditationOn } from '../accreditation.decision.js';
import type { Attempt, Hold, LastUse, Standing, Voucher } from '../redeem-voucher/redeem-voucher.decision.js';
import { feeRuleOn, isAccreditedForAny, isIn, tariffFor, type Reference } from './reference.decision.js';

/** As it stands now; `hold` is the one in force. */
export type KnownVoucher = Readonly<{
  row: Readonly<{ id: VoucherId; batchId: BatchId; index: number; expired: Cents }>; balance: Cents; lastUse?: LastUse; hold?: Hold;
}>;

export function voucherIn(
  { batches }: Reference, { row, balance, lastUse, hold }: KnownVoucher, redemptionId: RedemptionId,
): Voucher | undefined {
  const known = batches.get(row.batchId);
  // The id of an authorisation is that of a confirmation only, and its own hold is what it takes.
  const others = hold?.id === redemptionId ? undefined : hold;
  return known && {
    id: row.id, batch: known.batch, spendable: isIn(known.ranges, row.index),
    stopped: isIn(known.stopped, row.index), balance, expired: row.expired, ...(lastUse && { lastUse }),
    ...(others && { hold: others }),
  };
}

type Asked = Pick<Attempt, 'placeId' | 'serviceDate' | 'declared'>;

/** `batchId`: of the voucher, where there is one. */
export function standingIn(
  { reference, at }: Readonly<{ reference: Reference; at: Date }>, { placeId, serviceDate, declared }: Asked, batchId: BatchId | undefined,
): Standing {
  const place = reference.places.get(placeId);
  if (!place) return { accreditedForAny: false };
  const site = { id: place.siteId, today: dayIn(place.timeZone, at) };
  const programmeId = batchId && reference.batches.get(batchId)?.batch.programmeId;
  const accreditation = programmeId && accreditationOn(place.accreditations.get(programmeId) ?? [], serviceDate);
  const measures = programmeId && place.measures?.get(programmeId);
  const departures = programmeId && place.departures?.get(programmeId);
  const feeRuleVersion = programmeId && feeRuleOn(reference, programmeId, site.today);
  const tariff = tariffFor(reference, placeId, declared?.service, serviceDate);
  return {
    site, accreditedForAny: isAccreditedForAny(place, serviceDate),
    ...(accreditation && { accreditation }), ...(measures && { measures }), ...(departures && { departures }),
    ...(feeRuleVersion !== undefined && { feeRuleVersion }),
    ...(tariff && { tariff: { version: tariff.version, price: tariff.price } }),
  };
}
