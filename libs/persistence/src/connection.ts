// How a service connects: limits that Postgres enforces itself, because Prisma's own timeout cannot interrupt a statement; and one for a
// line on which Postgres is not heard any more.
import { Socket } from 'node:net';

/** Given to every connection of a service. A frozen process loses its row locks after 15 s. */
export const CONNECTION_OPTIONS =
  '-c lock_timeout=5000 -c statement_timeout=20000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC';
export const POOL_MAX = 6;
/**
 * Longer than any statement may take, than a transaction may be idle and than a connection waits in a pool: whoever is silent for so long
 * will not answer. The connection is given up, and with it what waits for it; the pool opens another one.
 */
export const SILENT_MS = 25_000;

/** For `new PrismaPg(...)`. `applicationName` is what an operator sees in pg_stat_activity. */
export const poolConfig = (connectionString: string, applicationName: string, silentMs = SILENT_MS) => ({
  connectionString, max: POOL_MAX, options: CONNECTION_OPTIONS, application_name: applicationName, stream: () => heardWithin(silentMs),
});

function heardWithin(silentMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silentMs, () => {
    socket.destroy(Object.assign(new Error(`Connection terminated: PostgreSQL was silent for ${silentMs} ms`), { code: 'ECONNRESET' }));
  });
}
