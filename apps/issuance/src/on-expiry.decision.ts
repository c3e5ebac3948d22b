/** What becomes of value that expired unused, by the agreement with its payers: never the operator's income (rule L10). */
export const ON_EXPIRY = ['refund', 'commons', 'roll_over'] as const;
export type OnExpiry = (typeof ON_EXPIRY)[number];
