// What rules would have said to redemptions that were made: each is decided again by the one decision that tills have, as it
// stood when it was made, with the rules that somebody thinks of in place of those that bound its voucher.
import type { ServiceCode } from '#libs/contracts';
import { isInTerritory, isRejected, plus, ZERO, type Cents, type LocalDate, type PlaceId, type Territory } from '#libs/kernel';
import type { PriceBound } from '../tariff.decision.js';
import { decideRedemption, type Accreditation, type Batch, type Redemption } from '../redeem-voucher/redeem-voucher.decision.js';

/** What of a programme's rules a till or an accreditation decides by. Dates that are left out stay as each voucher has them. */
export type CandidateRule = Readonly<{
  usableUntil?: LocalDate; claimableUntil?: LocalDate; services: readonly ServiceCode[]; redemptionMax?: Cents; territory: Territory;
  priceBounds?: readonly PriceBound[];
}>;

export type PastRedemption = Readonly<{
  redemption: Redemption;
  batch: Batch;
  /** As it stood at the time, with the day that it was at the site, and the version that priced it. */
  accreditation: Accreditation; siteToday: LocalDate; feeRuleVersion: number;
  /** Where the place is; null when nobody knows. */
  commune: string | null;
}>;

/** The code of the refusal, or undefined when it would have been taken as it was. */
export function decideAgain({ redemption, batch, ...then }: PastRedemption, rule: CandidateRule): string | undefined {
  const { id, placeId, siteId, amount, coPayment, balanceAfter, serviceDate, declared, tariff, redeemedAt, beside } = redemption;
  const { redemptionMax: _, ...sold } = batch;
  const voucher = {
    id: redemption.voucherId, spendable: true, stopped: false, balance: plus(balanceAfter, amount), expired: ZERO,
    batch: {
      ...sold, services: rule.services, priceBounds: rule.priceBounds ?? [], usableUntil: rule.usableUntil ?? batch.usableUntil,
      claimableUntil: rule.claimableUntil ?? batch.claimableUntil, expiring: false, frozen: false,
      ...(rule.redemptionMax !== undefined && { redemptionMax: rule.redemptionMax }),
    },
  };
  const asked = { redemptionId: id, placeId, serviceDate, amount, coPayment, declared, at: redeemedAt, ...(beside && { beside }) };
  const outcome = decideRedemption(voucher, asked, {
    site: { id: siteId, today: then.siteToday }, accreditedForAny: true, feeRuleVersion: then.feeRuleVersion, ...(tariff && { tariff }),
    ...(isPlaced(then.commune, rule.territory) && { accreditation: then.accreditation }),
  });
  return isRejected(outcome) ? outcome.code : undefined;
}

const isPlaced = (commune: string | null, territory: Territory): boolean =>
  territory.length === 0 || (commune !== null && isInTerritory(commune, territory));

type Sum = Readonly<{ count: number; amount: Cents }>;
/** `service`: as declared; null: none was. */
export type RefusedGroup = Sum & Readonly<{ code: string; service: ServiceCode | null; placeCount: number }>;
export type ReplayReport = Readonly<{
  decided: Sum; taken: Sum;
  /** The largest sums first. */
  refused: readonly RefusedGroup[];
  /** Of those that the territory would shut out, places of which nobody knows where they are. */
  unplacedCount: number;
}>;

const NONE: Sum = { count: 0, amount: ZERO };
const added = ({ count, amount }: Sum, more: Cents): Sum => ({ count: count + 1, amount: plus(amount, more) });
type Group = { sum: Sum; places: Set<PlaceId>; code: string; service: ServiceCode | null };

/** Adds up redemptions one by one, however many: what it keeps grows with codes, services and places only. */
export class Replay {
  private decided = NONE;
  private taken = NONE;
  private readonly groups = new Map<string, Group>();
  private readonly unplaced = new Set<PlaceId>();

  constructor(private readonly rule: CandidateRule) {}

  get count(): number {
    return this.decided.count;
  }

  take(past: PastRedemption): void {
    const { amount, placeId, declared } = past.redemption;
    this.decided = added(this.decided, amount);
    const code = decideAgain(past, this.rule);
    if (code === undefined) {
      this.taken = added(this.taken, amount);
      return;
    }
    const group = this.groupOf(code, declared.service ?? null);
    group.sum = added(group.sum, amount);
    group.places.add(placeId);
    if (past.commune === null && this.rule.territory.length > 0) this.unplaced.add(placeId);
  }

  report(): ReplayReport {
    const refused = [...this.groups.values()].map(({ sum, places, code, service }) => ({ code, service, ...sum, placeCount: places.size }));
    return {
      decided: this.decided, taken: this.taken, refused: refused.sort((a, b) => Number(b.amount - a.amount)),
      unplacedCount: this.unplaced.size,
    };
  }

  private groupOf(code: string, service: ServiceCode | null): Group {
    const key = `${code}:${service ?? ''}`;
    const known = this.groups.get(key) ?? { sum: NONE, places: new Set<PlaceId>(), code, service };
    this.groups.set(key, known);
    return known;
  }
}
