// What a fault is called. Its text may hold a value out of a message, and so a person; it stays in the log and on the server.
/** The first that fits. `like` is a pattern of PostgreSQL (`~`), of reasons as libs/messaging writes them. */
const REASONS = [
  { code: 'unknown_type', like: '^(Error: )?unknown type ' },
  { code: 'malformed', like: '^(Error: )?malformed (envelope|body)' },
  { code: 'wrong_sender', like: '^(Error: )?[a-z]+ may not send ' },
  { code: 'too_slow', like: '^(Error: )?not handled within ' },
  { code: 'process_ended', like: '^(Error: )?the process ended while handling it' },
  { code: 'number_reused', like: '^(Error: )?its id was taken under another number' },
  // Class 23 of SQLSTATE, as Prisma and as node-postgres write it.
  { code: 'refused_by_database', like: 'Code: `23[0-9A-Z]{3}`|constraint failed|violates [a-z-]+ constraint' },
] as const;

export const ERROR_CODES = [...REASONS.map(({ code }) => code), 'fault'] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The code of a column of reasons, in SQL: lists filter by it. */
export const errorCodeOf = (column: string): string =>
  `case ${REASONS.map(({ code, like }) => `when ${column} ~ '${like}' then '${code}'`).join(' ')} else 'fault' end`;
