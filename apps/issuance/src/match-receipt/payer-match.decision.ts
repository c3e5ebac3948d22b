// A credit that names no reference of ours: which open shares it may be for. The account that it came from, the amount and
// the day each tell something; only all of them together, and for one share alone, leave no doubt.
import { addDays, minus, ZERO, type Cents, type LocalDate, type OrderId, type PayerId } from '#libs/kernel';
import { CANDIDATES_MAX, MATCH_WINDOW_DAYS } from '../limits.js';
import type { Match } from './match-receipt.decision.js';

export type OpenShare = Readonly<{
  orderId: OrderId; payerId: PayerId; reference: string; due: Cents; placedOn: LocalDate; custodyAccountId: string;
}>;
export type NamelessCredit = Readonly<{
  custodyAccountId: string; left: Cents; bookedOn: LocalDate;
  /** Those whose shares were paid from the same account before: a public accountant pays for many. */
  debtorPayers: readonly PayerId[];
}>;

const inWindow = ({ placedOn }: OpenShare, { bookedOn }: NamelessCredit): boolean =>
  placedOn <= bookedOn && placedOn >= addDays(bookedOn, -MATCH_WINDOW_DAYS);

/** Undefined unless the account is one payer's, and exactly one open share of it asks exactly this amount in time. */
export function decidePayerMatch(credit: NamelessCredit, shares: readonly OpenShare[]): Match | undefined {
  const [payer, ...others] = credit.debtorPayers;
  if (!payer || others.length > 0) return undefined;
  const fitting = shares.filter((share) => share.payerId === payer && share.custodyAccountId === credit.custodyAccountId
    && share.due === credit.left && inWindow(share, credit));
  const [one, ...more] = fitting;
  if (!one || more.length > 0) return undefined;
  return { outcome: 'matched_by_payer', parts: [{ orderId: one.orderId, payerId: payer, amount: credit.left }], rest: minus(credit.left, one.due) };
}

/** Why a share may be what a credit is for, the strongest reason first. */
export const CANDIDATE_REASONS = ['reference', 'payer', 'amount', 'date'] as const;
export type CandidateReason = (typeof CANDIDATE_REASONS)[number];
/** Each reason outweighs all those after it together. */
const WEIGHT: Readonly<Record<CandidateReason, number>> = { reference: 8, payer: 4, amount: 2, date: 1 };

export type NamedShare = OpenShare & Readonly<{ named: boolean }>;
export type Candidate = OpenShare & Readonly<{ why: readonly CandidateReason[] }>;

/** A person chooses; the likeliest first, of equals the older order, and never one for which the day alone speaks. */
export function rankCandidates(credit: NamelessCredit, shares: readonly NamedShare[]): Candidate[] {
  return shares
    .filter(({ due, custodyAccountId }) => due > ZERO && custodyAccountId === credit.custodyAccountId)
    .map(({ named, ...share }) => {
      const holds: Readonly<Record<CandidateReason, boolean>> = {
        reference: named, payer: credit.debtorPayers.includes(share.payerId), amount: share.due === credit.left,
        date: inWindow(share, credit),
      };
      return { ...share, why: CANDIDATE_REASONS.filter((reason) => holds[reason]) };
    })
    .filter(({ why }) => why.some((reason) => reason !== 'date'))
    .sort((a, b) => weightOf(b) - weightOf(a) || compare(a.placedOn, b.placedOn) || compare(a.orderId, b.orderId)
      || compare(a.payerId, b.payerId))
    .slice(0, CANDIDATES_MAX);
}

const weightOf = ({ why }: Candidate): number => why.reduce((sum, reason) => sum + WEIGHT[reason], 0);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
