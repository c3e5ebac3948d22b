// One database role per service, with rights in its own schema only.
import type { Schema } from './sql.js';

export const INSPECTOR_ROLE = 'mereau_inspector';
/** Holds the rights on the queue's own schema when the queue lives in PostgreSQL; each service is a member. */
export const QUEUE_ROLE = 'mereau_queue';

export const roleOf = (schema: Schema): string => `mereau_${schema}`;

/** Sees the rows of one organisation and writes nothing; nobody signs in as it, the service takes it for a transaction (`readAs`). */
export const readerRoleOf = (schema: Schema): string => `${roleOf(schema)}_reader`;
/** Sees every row and writes nothing: how the operator and auditors read. Every service has one. */
export const overseerRoleOf = (schema: Schema): string => `${roleOf(schema)}_overseer`;

/** The same server and database, signed in as another role. */
export function urlAs(url: string, role: string, password: string): string {
  const target = new URL(url);
  target.username = encodeURIComponent(role);
  target.password = encodeURIComponent(password);
  return target.href;
}
