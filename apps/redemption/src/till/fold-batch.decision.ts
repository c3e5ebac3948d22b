// Decides the attempts of one batch in the order of their arrival, each on the balance that the one before it left. A
// hot voucher is thus written once per batch, however many tills hold it. Pure; the collector loads before and writes after.
import {
  dayIn, isRejected, minus, plus, reject, ZERO,
  type BatchId, type Cents, type DeviceId, type LocalDate, type PlaceId, type RedemptionId, type Rejected, type VoucherId,
} from '#libs/kernel';
import {
  decideRedemption, NOTHING_DECLARED, type Declared, type LastUse, type Redeemed, type Redemption, type Standing, type Voucher,
} from '../redeem-voucher/redeem-voucher.decision.js';
import { deviceRefusal } from '../device-signature/device-signature.decision.js';
import { feeRuleOn, isAccreditedForAny, isIn, type Reference } from './reference.decision.js';

/** One request of a till. The secret code has become its keyed hashes before it gets here. */
export type TillAttempt = Readonly<{
  /** The till's idempotency key, which becomes the redemption's id. */
  redemptionId: RedemptionId;
  /** Under the pepper in use now, then under older ones that batches still carry. */
  codeMacs: readonly string[];
  placeId: PlaceId;
  serviceDate: LocalDate;
  amount?: Cents;
  coPayment: Cents;
  declared?: Declared;
  correlationId: string;
  /** Whose signature the request carried; left out where none signed. */
  deviceId?: DeviceId;
}>;

export type VoucherRow = Readonly<{
  id: VoucherId;
  batchId: BatchId;
  index: number;
  codeMac: string;
  balance: Cents;
  expired: Cents;
  lastRedemptionId: RedemptionId | null;
}>;

export type StoredRefusal = Readonly<{ requestHash: string; refusal: Rejected }>;

export type Loaded = Readonly<{
  reference: Reference;
  at: Date;
  /** By hash of the code. */
  vouchers: ReadonlyMap<string, VoucherRow>;
  redemptions: ReadonlyMap<RedemptionId, Redemption>;
  refusals: ReadonlyMap<RedemptionId, StoredRefusal>;
  /** Who used the unit vouchers among them that are used. */
  lastUses: ReadonlyMap<VoucherId, LastUse>;
}>;

export type Answer = Redemption | Rejected;

export type Spent = Readonly<{ codeMac: string; amount: Cents; lastRedemptionId: RedemptionId }>;
export type Refused = Readonly<{ attempt: TillAttempt; refusal: Rejected; requestHash: string }>;

export type Writes = Readonly<{
  redeemed: readonly Readonly<{ attempt: TillAttempt; outcome: Redeemed; voucherIndex: number }>[];
  /** One per voucher, however many redemptions it had. */
  spent: readonly Spent[];
  refused: readonly Refused[];
}>;

export type Folded = Readonly<{ answers: readonly Answer[]; writes: Writes }>;

export type HashOf = (attempt: TillAttempt, codeMac: string) => string;

/** `hashOf` tells two contents under one key apart; it is asked only where a key was refused before, or is now. */
export function foldBatch(attempts: readonly TillAttempt[], loaded: Loaded, hashOf: HashOf): Folded {
  const fold = new Fold(loaded, hashOf);
  const answers = attempts.map((attempt) => fold.answer(attempt));
  return { answers, writes: fold.writes() };
}

type State = { row: VoucherRow; balance: Cents; lastUse?: LastUse; spent: Cents; lastRedemptionId?: RedemptionId };

class Fold {
  private readonly states = new Map<string, State>();
  private readonly redeemed: { attempt: TillAttempt; outcome: Redeemed; voucherIndex: number }[] = [];
  private readonly refused: Refused[] = [];
  private readonly redemptions: Map<RedemptionId, Redemption>;
  private readonly refusals: Map<RedemptionId, { requestHash: string; refusal: Answer }>;

  constructor(private readonly loaded: Loaded, private readonly hashOf: HashOf) {
    this.redemptions = new Map(loaded.redemptions);
    this.refusals = new Map(loaded.refusals);
  }

  answer(attempt: TillAttempt): Answer {
    const { redemptionId, placeId, deviceId } = attempt;
    // Not stored: the same attempt is good once a device of the place signs it.
    const stopped = deviceRefusal(this.loaded.reference, placeId, deviceId);
    if (stopped) return stopped;
    const state = this.stateOf(attempt);
    const done = this.redemptions.get(redemptionId);
    if (done) return this.isSame(attempt, done, state) ? done : reject('idempotency_key_reused');
    const told = this.refusals.get(redemptionId);
    if (told) return this.isToldOf(attempt, told.requestHash) ? told.refusal : reject('idempotency_key_reused');
    return this.decide(attempt, state);
  }

  writes(): Writes {
    const spent: Spent[] = [];
    for (const { row, spent: amount, lastRedemptionId } of this.states.values()) {
      if (lastRedemptionId) spent.push({ codeMac: row.codeMac, amount, lastRedemptionId });
    }
    return { redeemed: this.redeemed, spent, refused: this.refused };
  }

  private decide(attempt: TillAttempt, state: State | undefined): Answer {
    const outcome = decideRedemption(state && this.voucherOf(state), { ...attempt, at: this.loaded.at }, this.standingOf(attempt, state));
    if (isRejected(outcome)) return this.keepRefusal(attempt, outcome);
    this.redeemed.push({ attempt, outcome, voucherIndex: state!.row.index });
    const { redemption } = outcome;
    this.redemptions.set(attempt.redemptionId, redemption);
    spend(state!, redemption);
    return redemption;
  }

  private keepRefusal(attempt: TillAttempt, refusal: Refused['refusal']): Answer {
    const requestHash = this.hashOf(attempt, attempt.codeMacs[0]!);
    this.refused.push({ attempt, refusal, requestHash });
    this.refusals.set(attempt.redemptionId, { requestHash, refusal });
    return refusal;
  }

  private stateOf({ codeMacs }: TillAttempt): State | undefined {
    for (const codeMac of codeMacs) {
      const known = this.states.get(codeMac);
      if (known) return known;
      const row = this.loaded.vouchers.get(codeMac);
      if (row) return this.startOf(row);
    }
    return undefined;
  }

  private startOf(row: VoucherRow): State {
    const state: State = { row, balance: row.balance, spent: ZERO };
    const lastUse = this.loaded.lastUses.get(row.id);
    if (lastUse) state.lastUse = lastUse;
    this.states.set(row.codeMac, state);
    return state;
  }

  private voucherOf({ row, balance, lastUse }: State): Voucher | undefined {
    const known = this.loaded.reference.batches.get(row.batchId);
    return known && {
      id: row.id, batch: known.batch, spendable: isIn(known.ranges, row.index),
      stopped: isIn(known.stopped, row.index), balance, expired: row.expired, ...(lastUse && { lastUse }),
    };
  }

  private standingOf({ placeId, serviceDate }: TillAttempt, state: State | undefined): Standing {
    const { reference, at } = this.loaded;
    const place = reference.places.get(placeId);
    if (!place) return { accreditedForAny: false };
    const site = { id: place.siteId, today: dayIn(place.timeZone, at) };
    const programmeId = state && reference.batches.get(state.row.batchId)?.batch.programmeId;
    const accreditation = programmeId && place.accreditations.get(programmeId);
    const feeRuleVersion = programmeId && feeRuleOn(reference, programmeId, site.today);
    return {
      site, accreditedForAny: isAccreditedForAny(place, serviceDate),
      ...(accreditation && { accreditation }), ...(feeRuleVersion !== undefined && { feeRuleVersion }),
    };
  }

  /** Under any of the hashes of its code: the pepper may have been another when it was refused. */
  private isToldOf(attempt: TillAttempt, requestHash: string): boolean {
    return attempt.codeMacs.some((codeMac) => this.hashOf(attempt, codeMac) === requestHash);
  }

  /** An amount left out means the face, which only a unit voucher has as its amount. */
  private isSame(attempt: TillAttempt, done: Redemption, state: State | undefined): boolean {
    const unit = state && this.loaded.reference.batches.get(state.row.batchId)?.batch.unit;
    return done.voucherId === state?.row.id && done.placeId === attempt.placeId && done.serviceDate === attempt.serviceDate
      && done.coPayment === attempt.coPayment && isSameService(done.declared, attempt.declared ?? NOTHING_DECLARED)
      && (attempt.amount === undefined ? unit === true : attempt.amount === done.amount);
  }
}

function spend(state: State, { id, amount, placeId, siteId, redeemedAt }: Redemption): void {
  state.balance = minus(state.balance, amount);
  state.spent = plus(state.spent, amount);
  state.lastRedemptionId = id;
  state.lastUse = { placeId, siteId, redeemedAt };
}

const isSameService = (a: Declared, b: Declared): boolean =>
  a.sessionId === b.sessionId && a.service === b.service && a.durationMinutes === b.durationMinutes
  && a.participants === b.participants && a.firstVisit === b.firstVisit;
