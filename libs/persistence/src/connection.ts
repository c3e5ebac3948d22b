// How a service connects: limits that Postgres enforces itself, because Prisma's own timeout cannot interrupt a statement.

/** Given to every connection of a service. A frozen process loses its row locks after 15 s. */
export const CONNECTION_OPTIONS =
  '-c lock_timeout=5000 -c statement_timeout=20000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC';
export const POOL_MAX = 6;

/** For `new PrismaPg(...)`. `applicationName` is what an operator sees in pg_stat_activity. */
export const poolConfig = (connectionString: string, applicationName: string) => ({
  connectionString, max: POOL_MAX, options: CONNECTION_OPTIONS, application_name: applicationName,
});
