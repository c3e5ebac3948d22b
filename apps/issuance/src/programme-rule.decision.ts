// What the rules of a programme say, version by version.
import type { ServiceCode, ServicePrice } from '#libs/contracts';
import { cents, type Cents, type LocalDate, type ProgrammeId, type Territory } from '#libs/kernel';
import type { OnExpiry } from './on-expiry.decision.js';
import type { TargetPublic } from './target-publics.decision.js';

export type Kind = 'unit' | 'balance';
/** Where payers send their money: the holder and the address of the custody account. */
export type Creditor = Readonly<{ name: string; iban: string; bic: string | null }>;
export type Programme = Readonly<{ programmeId: ProgrammeId; kind: Kind; custodyAccountId: string }>;
/** Each null where nothing is limited. */
export type RuleLimits = Readonly<{
  orderCountMin: number | null; orderCountMax: number | null;
  /** What all orders of the programme may come to. */
  orderedMax: Cents | null;
  /** The most that a till takes at once. */
  redemptionMax: Cents | null;
}>;
export type RuleText = Readonly<{
  name: string;
  /** Of one voucher: what it is when an order names none, and what an order may name. */
  face: Cents; faceMin: Cents; faceMax: Cents;
  usableUntil: LocalDate;
  claimableUntil: LocalDate;
  onExpiry: OnExpiry;
  targetPublics: readonly TargetPublic[];
  targetPublicLabel: string | null;
  territory: Territory;
  /** Empty: all of them. */
  services: readonly ServiceCode[];
  /** As they are told: issuance sells vouchers, it prices no service. */
  servicePrices: readonly ServicePrice[];
  tariffRaiseNeedsApproval: boolean;
  /** Enrolled devices may capture vouchers without a network. */
  offline: boolean;
  limits: RuleLimits;
  creditor: Creditor;
}>;
/** `past`: never in force again, or never, because a later version of its day replaced it. */
export type RuleState = 'past' | 'in_force' | 'to_come';
/** As somebody asks for it: bounds that are left out follow from the kind of the vouchers. */
export type AskedRule = Omit<RuleText, 'faceMin' | 'faceMax'> & Readonly<{ faceMin: Cents | null; faceMax: Cents | null }>;
export type NewRule = Programme & RuleText & Readonly<{ version: number; effectiveFrom: LocalDate }>;
export type ProgrammeRule = NewRule & Readonly<{ state: RuleState; publishedAt: Date }>;

/** A unit voucher has its face value, a balance voucher at most that, unless the rules say otherwise. */
export const completed = (text: AskedRule, kind: Kind): RuleText => ({
  ...text, faceMin: text.faceMin ?? (kind === 'unit' ? text.face : cents(1)), faceMax: text.faceMax ?? text.face,
});
