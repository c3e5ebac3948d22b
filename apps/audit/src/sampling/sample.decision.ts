// What a sample may be drawn from, and how many items each stratum gives. The draw itself is by hash: see frame.store.ts.
import { reject, type LocalDate } from '#libs/kernel';

export const POPULATIONS = ['redemption', 'claim_line', 'statement', 'payment'] as const;
export type Population = (typeof POPULATIONS)[number];
export const STRATA = ['none', 'programme', 'place', 'month', 'amount_band'] as const;
export type Stratum = (typeof STRATA)[number];

/** Of one mandate that names programmes or payers; an empty list narrows nothing. */
export type Scope = Readonly<{ programmeIds: readonly string[]; payerIds: readonly string[] }>;

/** The frame in words: with the size of the log, everything that its items follow from. Days are of service, booking or closing. */
export type SampleFilter = Readonly<{
  from: LocalDate | null; until: LocalDate | null; programmeId: string | null; placeId: string | null;
  /** What the mandates left of it; null: all. */
  scopes: readonly Scope[] | null;
}>;

type Asked = Readonly<{ population: Population; stratum: Stratum; filter: SampleFilter }>;

/** What of the four audit was told with each event of a population; of a statement the place is its payee. */
const TOLD: Readonly<Record<Population, ReadonlySet<string>>> = {
  redemption: new Set(['none', 'month', 'amount_band', 'programme', 'place', 'programmeId', 'placeId']),
  claim_line: new Set(['none', 'month', 'amount_band', 'programme', 'place', 'programmeId', 'placeId']),
  statement: new Set(['none', 'month', 'amount_band', 'place']),
  payment: new Set(['none', 'month', 'amount_band']),
};

/** Undefined where it can be drawn. */
export function refusedFrame({ population, stratum, filter }: Asked) {
  const told = TOLD[population];
  const named = [stratum, ...(['programmeId', 'placeId'] as const).filter((field) => filter[field] !== null)];
  const missing = named.find((what) => !told.has(what));
  if (missing) return reject('filter_not_told', { population, what: missing });
  // Statements and payments do not tell whose money they are.
  if (filter.scopes !== null && !told.has('programmeId')) return reject('mandate_too_narrow');
  return undefined;
}

export type StratumCount = Readonly<{ stratum: string; count: number; cents: number }>;
export type Share = Readonly<{ stratum: string; count: number }>;

/** One of each stratum while there are enough, the rest by their size and the largest remainders; of equal ones the first by name. */
export function allocate(size: number, strata: readonly StratumCount[]) {
  const total = strata.reduce((sum, { count }) => sum + count, 0);
  if (total < size) return reject('frame_too_small', { frameCount: total });
  const first = size >= strata.length ? 1 : 0;
  const [toShare, capacity] = [size - first * strata.length, total - first * strata.length];
  const shares = strata.map(({ stratum, count }) => {
    const exact = capacity === 0 ? 0 : toShare * (count - first);
    return { stratum, count: first + Math.floor(exact / Math.max(capacity, 1)), remainder: exact % Math.max(capacity, 1) };
  });
  const left = size - shares.reduce((sum, { count }) => sum + count, 0);
  const next = [...shares].sort((one, other) => other.remainder - one.remainder || (one.stratum < other.stratum ? -1 : 1)).slice(0, left);
  const more = new Set(next.map(({ stratum }) => stratum));
  return shares.map(({ stratum, count }): Share => ({ stratum, count: count + (more.has(stratum) ? 1 : 0) }));
}

export const VERDICTS = ['ok', 'not_ok', 'open'] as const;
export type Verdict = (typeof VERDICTS)[number];
