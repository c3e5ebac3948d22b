// One database role per service, with rights in its own schema only.
import type { Schema } from './sql.js';

export const INSPECTOR_ROLE = 'mereau_inspector';
/** Holds the rights on the queue's own schema when the queue lives in PostgreSQL; each service is a member. */
export const QUEUE_ROLE = 'mereau_queue';

export const roleOf = (schema: Schema): string => `mereau_${schema}`;

/** The same server and database, signed in as another role. */
export function urlAs(url: string, role: string, password: string): string {
  const target = new URL(url);
  target.username = encodeURIComponent(role);
  target.password = encodeURIComponent(password);
  return target.href;
}
