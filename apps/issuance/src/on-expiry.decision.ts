/** What becomes of value that expired unused, by the agreement with its payers: never the operator's income (rule L10). */
export const ON_EXPIRY = ['refund', 'commons', 'roll_over'] as const;
export type OnExpiry = (typeof ON_EXPIRY)[number];

/** What all sides can sign. An extension is agreed when it is needed, with its dates, and is no rule of a programme. */
export const STATEMENT_OUTCOMES = [...ON_EXPIRY, 'extension'] as const;
export type StatementOutcome = (typeof STATEMENT_OUTCOMES)[number];
