// May this voucher be redeemed, and what follows? Pure: the voucher, its batch and what is known of the place are handed
// in, and so is the moment.
import {
  isRejected, minus, reject, showId, toWire, ZERO,
  type BatchId, type Cents, type Details, type LocalDate, type MeasureId, type PlaceId, type ProgrammeId, type RedemptionId, type SessionId,
  type SiteId, type VoucherId,
} from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { BodyOf, ServiceCode, VoucherRedeemedV1 } from '#libs/contracts';
import { decideLeft, type Departure } from '../departure.decision.js';
import { decideMeasured, type Measure } from '../measure.decision.js';
import { priceRefusal, type FrozenTariff, type PriceBound } from '../tariff.decision.js';

export type Batch = Readonly<{
  id: BatchId;
  programmeId: ProgrammeId;
  unit: boolean;
  face: Cents;
  usableUntil: LocalDate;
  claimableUntil: LocalDate;
  /** What its vouchers may be used for, by the rules that they were ordered under; empty: everything. */
  services: readonly ServiceCode[];
  /** The most that one redemption takes; left out: all that the voucher holds. */
  redemptionMax?: Cents;
  /** What the same rules say of the prices of services; left out: nothing. */
  priceBounds?: readonly PriceBound[];
  /** The same rules let enrolled devices capture its vouchers without a network; left out: they do not. */
  offline?: true;
  custodyAccountId: string;
  /** An expiry run has begun: whatever a clock says, no claim is taken any more. */
  expiring: boolean;
  /** A payment of its order is disputed: what is left waits until that is won. What was redeemed before is paid all the same. */
  frozen: boolean;
}>;

export type LastUse = Readonly<{ placeId: PlaceId; siteId: SiteId; redeemedAt: Date }>;

/** What of a voucher waits for the confirmation of one authorisation. */
export type Hold = Readonly<{ id: RedemptionId; amount: Cents; until: Date }>;

export type Voucher = Readonly<{
  id: VoucherId;
  batch: Batch;
  /** False until money covers it and its whole batch is loaded; such a voucher does not exist for a till. */
  spendable: boolean;
  stopped: boolean;
  balance: Cents;
  /** What an expiry run took off it. */
  expired: Cents;
  lastUse?: LastUse;
  /** In force, and another one than that which the attempt confirms. */
  hold?: Hold;
}>;

/** `services`: what the place may take vouchers for; left out: everything. */
export type Accreditation = Readonly<{ version: number; from: LocalDate; to: LocalDate; services?: readonly ServiceCode[] }>;

/** What the till says of the service; what it does not say is left out and stays unknown. Only the service itself decides. */
export type Declared = Readonly<{
  sessionId?: SessionId;
  service?: ServiceCode;
  durationMinutes?: number;
  participants?: number;
  firstVisit?: boolean;
}>;

export const NOTHING_DECLARED: Declared = {};

export type Attempt = Readonly<{
  redemptionId: RedemptionId;
  placeId: PlaceId;
  serviceDate: LocalDate;
  /** Left out for a unit voucher, which is used whole. */
  amount?: Cents;
  coPayment: Cents;
  /** What other vouchers, and a co-payment named with them, pay for the same participation; left out: nothing. */
  beside?: Cents;
  declared?: Declared;
  /** By the device's clock, where it was captured without a network; left out: it is asked as it happens. */
  capturedAt?: Date;
  at: Date;
}>;

/** What is known of the caller when it asks; the site is missing when the place is not registered. */
export type Standing = Readonly<{
  site?: Readonly<{ id: SiteId; today: LocalDate }>;
  /** For the voucher's programme, by the day of the service; in force on it or not. */
  accreditation?: Accreditation;
  /** Suspensions and withdrawals of the place for that programme; left out where there are none. */
  measures?: readonly Measure[];
  /** What the place said of leaving that programme; left out where it said nothing. */
  departures?: readonly Departure[];
  /** In force on the day of the service for some programme: a till like this may learn what is wrong with a voucher. */
  accreditedForAny: boolean;
  /** The rule of the voucher's programme that is in force today. */
  feeRuleVersion?: number;
  /** What the place asks for the declared service on its day; missing when nothing is declared, of one or the other. */
  tariff?: FrozenTariff;
}>;

/** A redemption as it is stored, and told again for ever the same. */
export type Redemption = Readonly<{
  id: RedemptionId;
  voucherId: VoucherId;
  batchId: BatchId;
  programmeId: ProgrammeId;
  placeId: PlaceId;
  siteId: SiteId;
  amount: Cents;
  coPayment: Cents;
  balanceAfter: Cents;
  /** What the other vouchers of its participation paid; left out: there are none, or another one speaks for it. */
  beside?: Cents;
  /** Another voucher speaks for the participation that this one helped to pay; left out: it speaks for itself. */
  participationOf?: RedemptionId;
  serviceDate: LocalDate;
  declared: Declared;
  tariff?: FrozenTariff;
  redeemedAt: Date;
}>;

/** The versions of the rules that it was made under: a later change never prices it anew. */
export type Frozen = Readonly<{ accreditationVersion: number; feeRuleVersion: number }>;
export type Redeemed = Readonly<{
  kind: 'redeemed'; redemption: Redemption; frozen: Frozen; posting: Posting;
  /** The place was suspended or withdrawn since: what it is owed waits until somebody has looked at it. */
  heldFor?: MeasureId;
}>;

const covers = ({ from, to }: Accreditation, day: LocalDate) => from <= day && day <= to;

/** The order of the checks is the order of blame: who, then what state, then how much. */
export function decideRedemption(voucher: Voucher | undefined, attempt: Attempt, standing: Standing) {
  const { site, accreditation, feeRuleVersion } = standing;
  const { serviceDate } = attempt;
  if (!site) return reject('place_not_registered');
  // Unknown, not activated and foreign codes are one answer, so that nobody can find out which codes exist.
  if (!voucher?.spendable) return reject('voucher_not_found');
  if (!accreditation && !standing.accreditedForAny) return reject('voucher_not_found');
  if (!accreditation || !covers(accreditation, serviceDate)) return reject('place_not_accredited', spanOf(accreditation));
  const measured = decideMeasured(standing.measures ?? [], serviceDate, site.today);
  if (isRejected(measured)) return measured;
  const left = decideLeft(standing.departures ?? [], serviceDate, site.today);
  if (left) return left;
  if (feeRuleVersion === undefined) return reject('programme_not_open');

  if (voucher.stopped) return reject('voucher_stopped');
  const { batch, balance, expired } = voucher;
  if (batch.unit && balance === 0n && expired === 0n) return reject('voucher_used', useToldTo(attempt.placeId, voucher.lastUse));
  if (batch.frozen) return reject('voucher_frozen');
  if (serviceDate > batch.usableUntil) return reject('service_after_expiry', { usableUntil: batch.usableUntil });
  if (serviceDate > site.today) return reject('service_in_future', { today: site.today });
  if (site.today > batch.claimableUntil || batch.expiring) return reject('claim_too_late', { claimableUntil: batch.claimableUntil });
  if (attempt.capturedAt && !batch.offline) return reject('offline_not_allowed');
  const service = attempt.declared?.service;
  const uncovered = limitRefusal(batch, accreditation.services ?? [], service);
  if (uncovered) return uncovered;

  const free = freeOf(voucher);
  const amount = attempt.amount ?? (batch.unit ? batch.face : undefined);
  if (amount === undefined) return reject('amount_missing', { availableCents: toWire(free) });
  if (batch.unit && amount !== batch.face) return reject('amount_not_face', { faceCents: toWire(batch.face) });
  if (batch.redemptionMax !== undefined && amount > batch.redemptionMax) {
    return reject('amount_over_limit', { redemptionCentsMax: toWire(batch.redemptionMax) });
  }
  const tariff = service && standing.tariff;
  const bound = batch.priceBounds?.find((one) => one.service === service);
  const { coPayment, beside = ZERO } = attempt;
  const overpriced = priceRefusal({ amount, coPayment, beside }, tariff, bound);
  if (overpriced) return overpriced;
  if (amount > balance) return reject('voucher_balance_too_low', { availableCents: toWire(free) });
  if (voucher.hold && amount > free) return heldRefusal(voucher.hold, free);

  const frozen = { accreditationVersion: accreditation.version, feeRuleVersion };
  const redemption = { ...redemptionOf(voucher, attempt, site.id, amount), ...(tariff && { tariff }) };
  return { kind: 'redeemed', redemption, frozen, posting: postingOf(batch, amount), ...measured } as const satisfies Redeemed;
}

/** What nobody holds: a hold waits for its own confirmation, and no other redemption takes of it, not even one of its place. */
export const freeOf = ({ balance, hold }: Voucher): Cents => (hold ? minus(balance, hold.amount) : balance);

/** Until when, and what can be taken meanwhile; never by whom: where a citizen is about to be served is nobody else's business. */
export const heldRefusal = ({ until }: Hold, free: Cents) =>
  reject('voucher_held', { heldUntil: until.toISOString(), availableCents: toWire(free) });

/**
 * A restricted voucher is not used for what nobody names, nor at a place that may not do everything, nor where the programme has
 * prices: the limit would hold for nobody. Prices alone leave out no service.
 */
function limitRefusal(batch: Batch, accredited: readonly ServiceCode[], service: ServiceCode | undefined) {
  const named = batch.services.length > 0 ? batch.services : (batch.priceBounds ?? []).map((bound) => bound.service);
  if (service === undefined) {
    const limits = named.length > 0 ? named : accredited;
    return limits.length > 0 ? reject('service_missing', { services: limits.join(' ') }) : undefined;
  }
  if (batch.services.length > 0 && !batch.services.includes(service)) return reject('service_not_covered', { services: batch.services.join(' ') });
  if (accredited.length > 0 && !accredited.includes(service)) return reject('service_not_accredited', { services: accredited.join(' ') });
  return undefined;
}

/** Row 7: what was owed to the holder is now owed by settlement to the place. */
const postingOf = ({ id, custodyAccountId }: Batch, amount: Cents): Posting => ({
  rule: '7', custodyAccountId,
  transfers: [transfer(accounts.redemption.outstanding(id), accounts.clearing('settlement'), amount)],
});

function redemptionOf({ id, batch, balance }: Voucher, attempt: Attempt, siteId: SiteId, amount: Cents): Redemption {
  const { redemptionId, placeId, coPayment, serviceDate, declared = NOTHING_DECLARED, at } = attempt;
  return {
    id: redemptionId, voucherId: id, batchId: batch.id, programmeId: batch.programmeId, placeId, siteId, amount, coPayment,
    balanceAfter: minus(balance, amount), serviceDate, declared, redeemedAt: at,
  };
}

/** What the others learn of it; the index is the voucher's place in its batch. */
export function eventOf({ redemption, frozen, posting, heldFor }: Redeemed, voucherIndex: number): BodyOf<typeof VoucherRedeemedV1> {
  const { id, voucherId, programmeId, batchId, placeId, siteId, amount, coPayment, serviceDate, declared, redeemedAt } = redemption;
  const { tariff, beside, participationOf } = redemption;
  return {
    redemptionId: id, voucherId, programmeId, batchId, placeId, siteId, amountCents: toWire(amount), currency: 'EUR',
    coPaymentCents: toWire(coPayment), serviceDate, redeemedAt: redeemedAt.toISOString(), ...frozen,
    custodyAccountId: posting.custodyAccountId, voucherIndex, ...declared, ...(heldFor && { heldForMeasureId: heldFor }),
    ...(tariff && { tariffVersion: tariff.version, tariffCents: toWire(tariff.price) }),
    ...(participationOf && { participationId: participationOf }), ...(beside && { besideCents: toWire(beside) }),
  };
}

const spanOf = (accreditation: Accreditation | undefined): Details =>
  (accreditation ? { from: accreditation.from, to: accreditation.to } : {});

/** Where and when somebody used a voucher is nobody else's business. */
const useToldTo = (placeId: PlaceId, use: LastUse | undefined): Details =>
  (use?.placeId === placeId ? { usedAt: use.redeemedAt.toISOString(), siteId: showId('site', use.siteId) } : {});
