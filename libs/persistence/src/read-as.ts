// How a portal reads: as a role that sees the rows of one organisation, so that a query which forgets to ask whose they are shows nobody
// else's. The database holds the policies; this sets whom they are about, for one transaction and no longer.
import { overseerRoleOf, readerRoleOf } from './roles.js';
import type { Schema, Sql, SqlClient } from './sql.js';

/** Of which service; the unit of work is one. */
export type Reading = Readonly<{ client: SqlClient; settings: Readonly<{ schema: Schema }> }>;

/**
 * For the operator and auditors: every row. A word of its own, so that an empty reader is nobody, who sees nothing. Where rights say null
 * for everybody's rows, the caller says `?? OVERSEER`: that null has to come from the verified token alone.
 */
export const OVERSEER = 'overseer';

const OPTIONS = { maxWait: 10_000, timeout: 30_000 };

/** `reader`: the party (plain uuid) behind the verified token, or OVERSEER. Whatever `read` tries to write is refused. */
export function readAs<T>({ client, settings: { schema } }: Reading, reader: string, read: (sql: Sql) => Promise<T>): Promise<T> {
  const [role, organisation] = reader === OVERSEER ? [overseerRoleOf(schema), ''] : [readerRoleOf(schema), reader];
  return client.$transaction(async (sql) => {
    // All three end with the transaction, also where it fails: the connection goes back to the pool as it was.
    await sql.$queryRaw`select set_config('transaction_read_only', 'on', true), set_config('mereau.org', ${organisation}, true), set_config('role', ${role}, true)`;
    return read(sql);
  }, OPTIONS);
}
