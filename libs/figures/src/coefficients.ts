// The words of the registry: which coefficients there are, what each is measured in, and what it makes of which facts.

export const COEFFICIENT_CODES = ['legal_year_hours', 'avoided_cost_cents_per_person', 'local_share', 'consolidating_cents_per_year'] as const;
export type CoefficientCode = (typeof COEFFICIENT_CODES)[number];

export const UNITS: Readonly<Record<CoefficientCode, string>> = {
  legal_year_hours: 'paid hours of one full-time job in a year', avoided_cost_cents_per_person: 'cents per person helped',
  local_share: 'share of what a place earns that is spent in its territory, 0 to 1', consolidating_cents_per_year: 'cents a year that let a place stay open',
};

/** One version. `low` and `high` bound what the source, or the people who chose it, hold possible. */
export type Coefficient = Readonly<{
  code: CoefficientCode; version: number; low: number; value: number; high: number; source: string; sourceYear: number; scope: string;
}>;

export const MEASURES = ['jobs', 'avoided_cost_cents', 'local_spending_cents', 'consolidated_places'] as const;
export type Measure = (typeof MEASURES)[number];

export const COEFFICIENT_OF: Readonly<Record<Measure, CoefficientCode>> = {
  jobs: 'legal_year_hours', avoided_cost_cents: 'avoided_cost_cents_per_person', local_spending_cents: 'local_share', consolidated_places: 'consolidating_cents_per_year',
};

/** How each is reckoned, in words that an auditor can redo. */
export const METHODS: Readonly<Record<Measure, string>> = {
  jobs: 'declared hours / paid hours of one full-time job in a year; the longest year gives the fewest jobs',
  avoided_cost_cents: 'people helped × avoided cost of one',
  local_spending_cents: 'redeemed cents × share that stays in the territory',
  consolidated_places: 'places whose redeemed cents, at the pace of the period, reach in a year the amount that lets one stay open',
};
