// Impact, as estimates with a range, each of one coefficient. What is not known stays unknown, with its reason; nothing is added up into
// one number, and money is counted as service rendered, never as a success by itself.
import { COEFFICIENT_OF, MEASURES, METHODS, type Coefficient, type CoefficientCode, type Measure } from './coefficients.js';

export type Facts = Readonly<{
  redemptions: number; redeemedCents: number;
  /** Of the redemptions whose till said how long the service took; null where none did. */
  minutes: number | null; redemptionsWithMinutes: number;
  /** Booklets of which something was used, and one for all loose vouchers of a batch: at least so many people. */
  people: number;
  firstVisits: number | null; workshops: number; services: number; communes: number;
  /** What each place took in, one number per place. */
  centsOfPlaces: readonly number[];
  days: number;
}>;
export type Unknown = 'no_coefficient' | 'rejected' | 'no_duration_declared' | 'few_people' | 'nothing_rendered';
export type Estimate = Readonly<{ low: number; value: number; high: number }>;
export type Result = Readonly<{
  measure: Measure; method: string; coefficient: Coefficient | null; estimate: Estimate | null; unknown: Unknown | null;
  /** What it would be with the coefficient that was rejected, for whoever wants to see the difference. */
  withRejected: Estimate | null;
}>;
/** What an estimate is made of. */
type Measured = Pick<Facts, 'redemptions' | 'redeemedCents' | 'minutes' | 'people' | 'centsOfPlaces' | 'days'>;
export type Asked = Readonly<{ rejected: ReadonlySet<CoefficientCode>; peopleMin: number }>;

export function impactOf(facts: Measured, inForce: readonly Coefficient[], { rejected, peopleMin }: Asked): readonly Result[] {
  return MEASURES.map((measure): Result => {
    const code = COEFFICIENT_OF[measure];
    const coefficient = inForce.find((one) => one.code === code) ?? null;
    const base = { measure, method: METHODS[measure], coefficient, estimate: null, withRejected: null };
    const missing = missingFact(measure, facts, peopleMin);
    if (missing) return { ...base, unknown: missing };
    if (!coefficient) return { ...base, unknown: 'no_coefficient' };
    const estimate = ESTIMATES[measure](facts, coefficient);
    return rejected.has(code) ? { ...base, unknown: 'rejected', withRejected: estimate } : { ...base, unknown: null, estimate };
  });
}

function missingFact(measure: Measure, { redemptions, minutes, people }: Measured, peopleMin: number): Unknown | undefined {
  if (redemptions === 0) return 'nothing_rendered';
  if (people < peopleMin) return 'few_people';
  return measure === 'jobs' && minutes === null ? 'no_duration_declared' : undefined;
}

const DAYS_OF_YEAR = 365;

const ESTIMATES: Readonly<Record<Measure, (facts: Measured, coefficient: Coefficient) => Estimate>> = {
  // Only hours that somebody declared: those of other services are not guessed.
  jobs: ({ minutes }, { low, value, high }) => {
    const hours = minutes! / 60;
    return rounded({ low: hours / high, value: hours / value, high: hours / low }, HUNDREDTHS);
  },
  avoided_cost_cents: ({ people }, range) => rounded(times(people, range), WHOLE),
  local_spending_cents: ({ redeemedCents }, range) => rounded(times(redeemedCents, range), WHOLE),
  consolidated_places: ({ centsOfPlaces, days }, { low, value, high }) => {
    const reaching = (cents: number): number => centsOfPlaces.filter((taken) => taken * DAYS_OF_YEAR >= cents * days).length;
    return { low: reaching(high), value: reaching(value), high: reaching(low) };
  },
};

const times = (fact: number, { low, value, high }: Estimate): Estimate => ({ low: fact * low, value: fact * value, high: fact * high });

const [WHOLE, HUNDREDTHS] = [1, 100];
const rounded = ({ low, value, high }: Estimate, parts: number): Estimate => {
  const round = (number: number): number => Math.round(number * parts) / parts;
  return { low: round(low), value: round(value), high: round(high) };
};
