/** What becomes of a statement, in the order in which lists offer it. */
export const STATEMENT_STATES = ['not_ordered', 'instructed', 'released', 'booked', 'returned', 'rejected', 'set_off'] as const;
