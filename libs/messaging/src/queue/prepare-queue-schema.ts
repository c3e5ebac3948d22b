// A deploy step: the queue's tables, made by the administrator in their own schema, and used by the services' roles
// without the right to create anything.
import { runMigrations } from 'bullmq';
import pg from 'pg';
import { QUEUE_ROLE, roleOf, SCHEMAS } from '#libs/persistence';
import { QUEUE_SCHEMA } from './postgres.js';

const RIGHTS = [
  `grant usage on schema ${QUEUE_SCHEMA} to ${QUEUE_ROLE}`,
  `grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${QUEUE_ROLE}`,
  `revoke insert, update, delete on ${QUEUE_SCHEMA}.migration from ${QUEUE_ROLE}`,
  `grant usage on all sequences in schema ${QUEUE_SCHEMA} to ${QUEUE_ROLE}`,
  `revoke execute on all functions in schema ${QUEUE_SCHEMA} from public`,
  `grant execute on all functions in schema ${QUEUE_SCHEMA} to ${QUEUE_ROLE}`,
];
const ATTEMPTS_MAX = 5;
// Any number that no other step takes; the same in every process that prepares.
const LOCK = 7_062_033;

/** Brings the schema `bullmq` up to this version of the library and lets the services use it. Needs the roles to exist. */
export async function prepareQueueSchema(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Two starts at once would change the same rows of the catalogue: one of them waits here until the other has gone.
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await runMigrations(client as never, QUEUE_SCHEMA);
    for (const right of RIGHTS) await client.query(right);
    for (const schema of SCHEMAS) await join(client, roleOf(schema));
  } finally {
    await client.end();
  }
}

/** `inherit true`, because the roles are made `noinherit`: this is the one membership that counts without SET ROLE. */
async function join(client: pg.Client, role: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { rowCount } = await client.query(
      `select 1 from pg_auth_members where roleid = $1::regrole and member = $2::regrole and inherit_option`, [QUEUE_ROLE, role],
    );
    if (rowCount) return;
    try {
      await client.query(`grant ${QUEUE_ROLE} to ${role} with inherit true, set false`);
      return;
    } catch (error) {
      // Roles belong to the whole server: another database being prepared at this moment touches the same rows.
      if (attempt >= ATTEMPTS_MAX || !/tuple concurrently updated|duplicate key/.test((error as Error).message)) throw error;
    }
  }
}
