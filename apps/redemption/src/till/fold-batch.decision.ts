// Decides the attempts of one batch in the order of their arrival, each on the balance that the one before it left. A
// hot voucher is thus written once per batch, however many tills hold it. Pure; the collector loads before and writes after.
import {
  isRejected, minus, plus, reject, toWire, ZERO,
  type BatchId, type Cents, type DeviceId, type LocalDate, type PlaceId, type RedemptionId, type Rejected, type VoucherId,
} from '#libs/kernel';
import { decideAuthorisation, holdOf, holdsAt, type Authorisation } from '../authorise-redemption/authorise-redemption.decision.js';
import { decideCheck, type Checked } from '../check-voucher/check-voucher.decision.js';
import { decideConfirmation } from '../confirm-redemption/confirm-redemption.decision.js';
import { deviceRefusal } from '../device-signature/device-signature.decision.js';
import {
  decideRedemption, type Attempt, type Declared, type Hold, type LastUse, type Redeemed, type Redemption, type Standing, type Voucher,
} from '../redeem-voucher/redeem-voucher.decision.js';
import { decideTogether } from '../redeem-session/together.decision.js';
import { isOfAnother, isPaidAlike, isSame, type PaidWith } from './same-attempt.decision.js';
import { standingIn, voucherIn } from './standing.decision.js';
import type { Reference } from './reference.decision.js';

export type Check = Readonly<{ kind: 'check' }>;
export type Authorise = Readonly<{ kind: 'authorise'; holdMs: number }>;
/** `key` is that of the confirmation, under which a refusal of it is kept; the redemption's id is that of the authorisation. */
export type Confirm = Readonly<{ kind: 'confirm'; key: RedemptionId; authorised: Cents }>;
/** One participation of one person, paid by this voucher and these: all are taken or none. */
export type Together = Readonly<{ kind: 'together'; others: readonly TillAttempt[] }>;

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
  /** Left out: both steps at once. */
  step?: Check | Authorise | Confirm | Together;
  /** Whose signature the request carried; left out where none signed. */
  deviceId?: DeviceId;
  /** When the device captured it without a network; left out: it is asked as it happens. */
  capturedAt?: Date;
}>;

export type VoucherRow = Readonly<{
  id: VoucherId;
  batchId: BatchId;
  index: number;
  codeMac: string;
  balance: Cents;
  expired: Cents;
  lastRedemptionId: RedemptionId | null;
  /** In force or of the past. */
  hold?: Hold;
}>;

export type StoredRefusal = Readonly<{ requestHash: string; refusal: Rejected }>;

export type Loaded = Readonly<{
  reference: Reference;
  at: Date;
  /** By hash of the code. */
  vouchers: ReadonlyMap<string, VoucherRow>;
  redemptions: ReadonlyMap<RedemptionId, Redemption>;
  refusals: ReadonlyMap<RedemptionId, StoredRefusal>;
  /** Which keys are those of authorisations, with the hash of what was asked under them. */
  authorisedKeys: ReadonlyMap<RedemptionId, string>;
  /** Loaded where one is authorised under its key again. */
  authorisations: ReadonlyMap<RedemptionId, Authorisation>;
  /** Among those that are to be confirmed. */
  cancelled: ReadonlySet<RedemptionId>;
  /** Who used the unit vouchers among them that are used. */
  lastUses: ReadonlyMap<VoucherId, LastUse>;
}>;

/** `with`: the redemptions of the other vouchers of the same participation. */
export type Taken = Redemption & Readonly<{ with?: readonly Redemption[] }>;
/** To a redemption at once and to a confirmation. */
export type RedemptionAnswer = Taken | Rejected;
export type Answer = RedemptionAnswer | Authorisation | Checked;

/** What a voucher's hold is from now on; without an amount, none. */
export type HoldChange = Readonly<{ codeMac: string; hold?: Hold }>;
export type Spent = Readonly<{ codeMac: string; amount: Cents; lastRedemptionId: RedemptionId }>;
export type Refused = Readonly<{ attempt: TillAttempt; refusal: Rejected; requestHash: string }>;

export type Writes = Readonly<{
  redeemed: readonly Readonly<{ attempt: TillAttempt; outcome: Redeemed; voucherIndex: number }>[];
  /** One per voucher, however many redemptions it had. */
  spent: readonly Spent[];
  refused: readonly Refused[];
  authorised: readonly Readonly<{ attempt: TillAttempt; authorisation: Authorisation; voucherIndex: number; requestHash: string }>[];
  holds: readonly HoldChange[];
}>;

export type Folded = Readonly<{ answers: readonly Answer[]; writes: Writes }>;

export type HashOf = (attempt: TillAttempt, codeMac: string) => string;

/** `hashOf` tells two contents under one key apart; it is asked only where a key was refused before, or is now. */
export function foldBatch(attempts: readonly TillAttempt[], loaded: Loaded, hashOf: HashOf): Folded {
  const fold = new Fold(loaded, hashOf);
  const answers = attempts.map((attempt) => fold.answer(attempt));
  return { answers, writes: fold.writes() };
}

/** The key under which what becomes of an attempt is kept. */
export const keyOf = ({ redemptionId, step }: TillAttempt): RedemptionId => (step?.kind === 'confirm' ? step.key : redemptionId);

/** One attempt per voucher that is asked for; a signature is that of the request, and so of all of them. */
export const vouchersOf = (attempt: TillAttempt): readonly TillAttempt[] => (attempt.step?.kind !== 'together' ? [attempt]
  : [attempt, ...attempt.step.others.map((other) => ({ ...other, ...(attempt.deviceId && { deviceId: attempt.deviceId }) }))]);

/** `hold` is the one in force. */
type State = { row: VoucherRow; balance: Cents; lastUse?: LastUse; spent: Cents; lastRedemptionId?: RedemptionId; hold?: Hold };

class Fold {
  private readonly states = new Map<string, State>();
  private readonly redeemed: { attempt: TillAttempt; outcome: Redeemed; voucherIndex: number }[] = [];
  private readonly refused: Refused[] = [];
  private readonly authorised: Writes['authorised'][number][] = [];
  private readonly redemptions: Map<RedemptionId, Redemption>;
  private readonly refusals: Map<RedemptionId, StoredRefusal>;
  private readonly authorisedKeys: Map<RedemptionId, string>;
  private readonly authorisations: Map<RedemptionId, Authorisation>;

  constructor(private readonly loaded: Loaded, private readonly hashOf: HashOf) {
    this.redemptions = new Map(loaded.redemptions);
    this.refusals = new Map(loaded.refusals);
    this.authorisedKeys = new Map(loaded.authorisedKeys);
    this.authorisations = new Map(loaded.authorisations);
  }

  answer(attempt: TillAttempt): Answer {
    const state = this.stateOf(attempt);
    const before = this.before(attempt, state);
    // Not stored: the same attempt is good once a device of the place signs it.
    const stopped = deviceRefusal(this.loaded.reference, attempt.placeId, attempt.deviceId);
    if (stopped) return stopped.code === 'device_revoked' && before && !isOfAnother(before) ? before : stopped;
    return before ?? this.decide(attempt, state);
  }

  /** What was decided under the key already. A device that was revoked since hears it too: it is the place's money. */
  private before(attempt: TillAttempt, state: State | undefined): Answer | undefined {
    switch (attempt.step?.kind) {
      case 'check': return undefined;
      case 'authorise': return this.authorisedBefore(attempt);
      case 'confirm': return this.toldBefore(attempt) ?? this.confirmedBefore(attempt, attempt.step);
      case 'together': return this.togetherBefore(vouchersOf(attempt));
      case undefined: return this.redeemedBefore(attempt, state);
    }
  }

  private decide(attempt: TillAttempt, state: State | undefined): Answer {
    switch (attempt.step?.kind) {
      case 'check': return decideCheck(...this.case(attempt, state));
      case 'authorise': return this.authorise(attempt, attempt.step, state);
      case 'confirm': return this.confirm(attempt, attempt.step, state);
      case 'together': return this.together(vouchersOf(attempt));
      case undefined: return this.redeem(attempt, state);
    }
  }

  writes(): Writes {
    const [spent, holds]: [Spent[], HoldChange[]] = [[], []];
    for (const { row, spent: amount, lastRedemptionId, hold } of this.states.values()) {
      if (lastRedemptionId) spent.push({ codeMac: row.codeMac, amount, lastRedemptionId });
      // One of the past goes with the first that takes of its voucher: what is left may be less than it held.
      if ((lastRedemptionId || hold) && hold?.id !== row.hold?.id) holds.push({ codeMac: row.codeMac, ...(hold && { hold }) });
    }
    return { redeemed: this.redeemed, spent, refused: this.refused, authorised: this.authorised, holds };
  }

  private redeemedBefore(attempt: TillAttempt, state: State | undefined): Answer | undefined {
    const { redemptionId } = attempt;
    const done = this.redemptions.get(redemptionId);
    if (this.authorisedKeys.has(redemptionId)) return reject('idempotency_key_reused');
    if (done) return this.isSame(attempt, state, done, [done]) ? done : reject('idempotency_key_reused');
    return this.toldBefore(attempt);
  }

  private redeem(attempt: TillAttempt, state: State | undefined): Answer {
    const outcome = decideRedemption(...this.case(attempt, state));
    // Not stored either: the clock of the device was ahead at midnight, and the day that it captured for begins.
    if (isRejected(outcome) && outcome.code === 'service_in_future' && attempt.capturedAt) return outcome;
    return this.keep(attempt, state, outcome);
  }

  private togetherBefore(parts: readonly TillAttempt[]): Answer | undefined {
    if (parts.some(({ redemptionId }) => this.authorisedKeys.has(redemptionId))) return reject('idempotency_key_reused');
    const done = parts.map(({ redemptionId }) => this.redemptions.get(redemptionId));
    if (done.every((one) => one === undefined)) return this.toldBefore(parts[0]!);
    const isSame = parts.every((part, at) => this.isSame(part, this.stateOf(part), done[at], done));
    return isSame ? takenOf(done as Redemption[]) : reject('idempotency_key_reused');
  }

  private together(parts: readonly TillAttempt[]): Answer {
    const states = parts.map((part) => this.stateOf(part));
    const decided = decideTogether(parts.map((part, at) => this.case(part, states[at])));
    if (isRejected(decided)) return this.keepRefusal(parts[0]!, decided);
    return takenOf(parts.map((part, at) => this.keep(part, states[at], decided[at]!) as Redemption));
  }

  private authorisedBefore(attempt: TillAttempt): Answer | undefined {
    const { redemptionId } = attempt;
    const asked = this.authorisedKeys.get(redemptionId);
    if (asked) return this.isToldOf(attempt, asked) ? this.authorisations.get(redemptionId)! : reject('idempotency_key_reused');
    return this.redemptions.has(redemptionId) ? reject('idempotency_key_reused') : this.toldBefore(attempt);
  }

  private authorise(attempt: TillAttempt, { holdMs }: Authorise, state: State | undefined): Answer {
    const { redemptionId } = attempt;
    const outcome = decideAuthorisation(...this.case(attempt, state), holdMs);
    if (isRejected(outcome)) return this.keepRefusal(attempt, outcome);
    const { authorisation } = outcome;
    const requestHash = this.hashOf(attempt, attempt.codeMacs[0]!);
    this.authorised.push({ attempt, authorisation, voucherIndex: state!.row.index, requestHash });
    this.authorisedKeys.set(redemptionId, requestHash);
    this.authorisations.set(redemptionId, authorisation);
    state!.hold = holdOf(authorisation);
    return authorisation;
  }

  private confirmedBefore({ redemptionId, amount }: TillAttempt, { authorised }: Confirm): Answer | undefined {
    const done = this.redemptions.get(redemptionId);
    return done && (done.amount === (amount ?? authorised) ? done : reject('authorisation_confirmed', { amountCents: toWire(done.amount) }));
  }

  private confirm(attempt: TillAttempt, { authorised }: Confirm, state: State | undefined): Answer {
    const cancelled = this.loaded.cancelled.has(attempt.redemptionId);
    return this.keep(attempt, state, decideConfirmation(...this.case(attempt, state), { amount: authorised, cancelled }));
  }

  private keep(attempt: TillAttempt, state: State | undefined, outcome: Redeemed | Rejected): Answer {
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
    this.refusals.set(keyOf(attempt), { requestHash, refusal });
    return refusal;
  }

  private toldBefore(attempt: TillAttempt): Answer | undefined {
    const told = this.refusals.get(keyOf(attempt));
    return told && (this.isToldOf(attempt, told.requestHash) ? told.refusal : reject('idempotency_key_reused'));
  }

  private case(attempt: TillAttempt, state: State | undefined): [Voucher | undefined, Attempt, Standing] {
    const { reference, at } = this.loaded;
    const voucher = state && voucherIn(reference, state, attempt.redemptionId);
    return [voucher, { ...attempt, at }, standingIn(this.loaded, attempt, state?.row.batchId)];
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
    if (row.hold && holdsAt(row.hold, this.loaded.at)) state.hold = row.hold;
    this.states.set(row.codeMac, state);
    return state;
  }

  /** Under any of the hashes of its code: the pepper may have been another when it was refused. */
  private isToldOf(attempt: TillAttempt, requestHash: string): boolean {
    return attempt.codeMacs.some((codeMac) => this.hashOf(attempt, codeMac) === requestHash);
  }

  private isSame(attempt: TillAttempt, state: State | undefined, done: Redemption | undefined, paidWith: PaidWith): boolean {
    const unit = state && this.loaded.reference.batches.get(state.row.batchId)?.batch.unit;
    return done !== undefined && done.voucherId === state?.row.id && isSame(attempt, done, unit === true) && isPaidAlike(done, paidWith);
  }
}

function spend(state: State, { id, amount, placeId, siteId, redeemedAt }: Redemption): void {
  state.balance = minus(state.balance, amount);
  state.spent = plus(state.spent, amount);
  state.lastRedemptionId = id;
  state.lastUse = { placeId, siteId, redeemedAt };
  if (state.hold?.id === id) delete state.hold;
}

const takenOf = ([lead, ...others]: readonly Redemption[]): Taken => ({ ...lead!, with: others });
