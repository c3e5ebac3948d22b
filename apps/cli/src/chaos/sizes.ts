// How much of it. The quick size belongs to every landing and stays under four minutes on two cores.
export type Size = Readonly<{
  name: 'quick' | 'full';
  vouchers: number;
  /** How many codes one till tries at the same time. */
  tellersPerTill: number;
  faults: number;
}>;

export const SIZES: Readonly<Record<Size['name'], Size>> = {
  quick: { name: 'quick', vouchers: 4_000, tellersPerTill: 2, faults: 14 },
  full: { name: 'full', vouchers: 60_000, tellersPerTill: 4, faults: 200 },
};
