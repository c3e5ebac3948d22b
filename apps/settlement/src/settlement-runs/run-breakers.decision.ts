// What is unusual about a run. A tripped breaker forbids nothing: each approver has to name it with a reason, and two are needed.
import { sum, toWire, ZERO, type Cents } from '#libs/kernel';

export const BREAKERS = ['total', 'new_accounts', 'largest_payment'] as const;
export type Breaker = (typeof BREAKERS)[number];
export type TrippedBreaker = Readonly<{ breaker: Breaker; figures: Readonly<Record<string, number>> }>;

export type BreakerLimits = Readonly<{
  timesMedian: number;
  /** With fewer earlier runs than these, their median says nothing. */
  earlierRunsMin: number;
  newAccountsMax: number;
  newShareBasisPoints: number;
  largestShareBasisPoints: number;
  /** A run of so few payments is read line by line, and a share of it says nothing. */
  fewPayments: number;
}>;
export type RunFigures = Readonly<{
  payments: readonly Readonly<{ amount: Cents; newAccount: boolean }>[];
  /** Of the last released runs of the same purpose. */
  earlierTotals: readonly Cents[];
}>;

export function decideBreakers({ payments, earlierTotals }: RunFigures, limits: BreakerLimits): readonly TrippedBreaker[] {
  const total = sum(payments.map(({ amount }) => amount));
  const isMany = payments.length > limits.fewPayments;
  return [
    ...unusualTotal(total, earlierTotals, limits),
    ...manyNewAccounts(payments, { total, hasShares: isMany && earlierTotals.length > 0 }, limits),
    ...largePayment(payments, { total, hasShares: isMany }, limits),
  ];
}

/** Twice the median, so that between two totals no half cent is rounded. */
function unusualTotal(total: Cents, earlierTotals: readonly Cents[], { timesMedian, earlierRunsMin }: BreakerLimits): TrippedBreaker[] {
  if (earlierTotals.length < earlierRunsMin) return [];
  const inOrder = [...earlierTotals].sort((a, b) => (a < b ? -1 : 1));
  const [lower, upper] = [inOrder[Math.floor((inOrder.length - 1) / 2)]!, inOrder[Math.floor(inOrder.length / 2)]!];
  const medianTwice = lower + upper;
  if (total * 2n <= medianTwice * BigInt(timesMedian)) return [];
  return [{ breaker: 'total', figures: { totalCents: toWire(total), medianCents: Number(medianTwice / 2n), runs: earlierTotals.length, timesMedian } }];
}

type Whole = Readonly<{ total: Cents; hasShares: boolean }>;

/** In the first run of all every account is new: only their number counts there. */
function manyNewAccounts(payments: RunFigures['payments'], { total, hasShares }: Whole, limits: BreakerLimits): TrippedBreaker[] {
  const added = payments.filter(({ newAccount }) => newAccount);
  const amount = sum(added.map((payment) => payment.amount));
  const { newAccountsMax, newShareBasisPoints } = limits;
  if (added.length <= newAccountsMax && !(hasShares && isMore(amount, total, newShareBasisPoints))) return [];
  return [{
    breaker: 'new_accounts',
    figures: { newAccounts: added.length, newAccountsMax, newCents: toWire(amount), totalCents: toWire(total), newShareBasisPoints },
  }];
}

function largePayment(payments: RunFigures['payments'], { total, hasShares }: Whole, limits: BreakerLimits): TrippedBreaker[] {
  const largest = payments.reduce<Cents>((most, { amount }) => (amount > most ? amount : most), ZERO);
  const { largestShareBasisPoints } = limits;
  if (!hasShares || !isMore(largest, total, largestShareBasisPoints)) return [];
  return [{ breaker: 'largest_payment', figures: { largestCents: toWire(largest), totalCents: toWire(total), largestShareBasisPoints } }];
}

const isMore = (part: Cents, whole: Cents, basisPoints: number): boolean => part * 10_000n > whole * BigInt(basisPoints);
