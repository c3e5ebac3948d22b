// What is unusual about a run. A tripped breaker forbids nothing: each approver has to name it with a reason, and two are needed.
// Runs of the same purpose from the same bank account are compared, and those of 24 hours count as one: a run is not made usual
// by taking it in two halves, or by another account that moves more.
import { plus, sum, toWire, ZERO, type Cents } from '#libs/kernel';

export const BREAKERS = ['total', 'new_accounts', 'largest_payment'] as const;
export type Breaker = (typeof BREAKERS)[number];
export type TrippedBreaker = Readonly<{ breaker: Breaker; figures: Readonly<Record<string, number>> }>;

/** What is unusual, as this installation has it. */
export const BREAKER_RULES = Symbol('what is unusual about a run');

export type BreakerLimits = Readonly<{
  timesMedian: number;
  /** With fewer earlier days of runs than these, their median says nothing, and the ceiling of the first runs counts. */
  earlierRunsMin: number;
  earlierRunsMax: number;
  firstRunsCeiling: Cents;
  newAccountsMax: number;
  newShareBasisPoints: number;
  largestShareBasisPoints: number;
  paymentCeiling: Cents;
  /** A run of so few payments is read line by line, and a share of it says nothing. */
  fewPayments: number;
}>;
/** `releasedAt` null: approved, and free to leave at any moment. */
export type EarlierRun = Readonly<{ amount: Cents; releasedAt: Date | null }>;
export type RunFigures = Readonly<{
  payments: readonly Readonly<{ amount: Cents; newAccount: boolean }>[];
  /** Of the same purpose, from the same bank account, the newest first. */
  earlier: readonly EarlierRun[];
  /** Payments to new accounts in the earlier runs of the last 24 hours. */
  newAccountsOfDay: number;
  at: Date;
}>;

const DAY_MS = 86_400_000;

export const isOfDay = ({ releasedAt }: EarlierRun, at: Date): boolean =>
  releasedAt === null || releasedAt.getTime() > at.getTime() - DAY_MS;

export function decideBreakers({ payments, earlier, newAccountsOfDay, at }: RunFigures, limits: BreakerLimits): readonly TrippedBreaker[] {
  const total = sum(payments.map(({ amount }) => amount));
  const isMany = payments.length > limits.fewPayments;
  const ofDay = sum(earlier.filter((run) => isOfDay(run, at)).map(({ amount }) => amount));
  const earlierTotals = totalsByDay(earlier.filter((run) => !isOfDay(run, at))).slice(0, limits.earlierRunsMax);
  return [
    ...unusualTotal({ total, ofDay: plus(total, ofDay) }, earlierTotals, limits),
    ...manyNewAccounts(payments, { total, hasShares: isMany && earlierTotals.length > 0, newAccountsOfDay }, limits),
    ...largePayment(payments, { total, hasShares: isMany }, limits),
  ];
}

/** Those within 24 hours before the last of them are one, as the run that is looked at and those of its day are. */
function totalsByDay(runs: readonly EarlierRun[]): readonly Cents[] {
  const days: { last: Date; total: Cents }[] = [];
  for (const { amount, releasedAt } of runs) {
    const day = days.at(-1);
    if (day && isOfDay({ amount, releasedAt }, day.last)) day.total = plus(day.total, amount);
    else days.push({ last: releasedAt!, total: amount });
  }
  return days.map(({ total }) => total);
}

type Totals = Readonly<{ total: Cents; ofDay: Cents }>;

/** Twice the median, so that between two totals no half cent is rounded. */
function unusualTotal({ total, ofDay }: Totals, earlierTotals: readonly Cents[], limits: BreakerLimits): TrippedBreaker[] {
  const { timesMedian, earlierRunsMin, firstRunsCeiling } = limits;
  const figures = { totalCents: toWire(total), dayCents: toWire(ofDay), runs: earlierTotals.length };
  if (earlierTotals.length < earlierRunsMin) {
    return ofDay > firstRunsCeiling ? [{ breaker: 'total', figures: { ...figures, firstRunsCeilingCents: toWire(firstRunsCeiling) } }] : [];
  }
  const inOrder = [...earlierTotals].sort((a, b) => (a < b ? -1 : 1));
  const [lower, upper] = [inOrder[Math.floor((inOrder.length - 1) / 2)]!, inOrder[Math.floor(inOrder.length / 2)]!];
  const medianTwice = lower + upper;
  if (ofDay * 2n <= medianTwice * BigInt(timesMedian)) return [];
  return [{ breaker: 'total', figures: { ...figures, medianCents: Number(medianTwice / 2n), timesMedian } }];
}

type Whole = Readonly<{ total: Cents; hasShares: boolean }>;

/** In the first run of all every account is new: only their number counts there. */
function manyNewAccounts(
  payments: RunFigures['payments'], { total, hasShares, newAccountsOfDay }: Whole & Pick<RunFigures, 'newAccountsOfDay'>, limits: BreakerLimits,
): TrippedBreaker[] {
  const added = payments.filter(({ newAccount }) => newAccount);
  if (added.length === 0) return [];
  const amount = sum(added.map((payment) => payment.amount));
  const newAccounts = added.length + newAccountsOfDay;
  const { newAccountsMax, newShareBasisPoints } = limits;
  if (newAccounts <= newAccountsMax && !(hasShares && isMore(amount, total, newShareBasisPoints))) return [];
  return [{
    breaker: 'new_accounts',
    figures: { newAccounts, newAccountsMax, newCents: toWire(amount), totalCents: toWire(total), newShareBasisPoints },
  }];
}

function largePayment(payments: RunFigures['payments'], { total, hasShares }: Whole, limits: BreakerLimits): TrippedBreaker[] {
  const largest = payments.reduce<Cents>((most, { amount }) => (amount > most ? amount : most), ZERO);
  const { largestShareBasisPoints, paymentCeiling } = limits;
  if (largest <= paymentCeiling && !(hasShares && isMore(largest, total, largestShareBasisPoints))) return [];
  return [{
    breaker: 'largest_payment',
    figures: {
      largestCents: toWire(largest), totalCents: toWire(total), largestShareBasisPoints, paymentCeilingCents: toWire(paymentCeiling),
    },
  }];
}

const isMore = (part: Cents, whole: Cents, basisPoints: number): boolean => part * 10_000n > whole * BigInt(basisPoints);
