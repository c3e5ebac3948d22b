import type { Sql, Tx } from '#libs/persistence';
import { REVOCATION_SECONDS } from '../limits.js';

/** What tokens name, and what ended by somebody's will. */
export async function insertRevocations(tx: Tx, what: 'session' | 'membership' | 'mandate' | 'key' | 'impersonation', ids: readonly string[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.revocation (id, what) select id, ${what} from unnest(${ids}::uuid[]) id on conflict do nothing`;
}

/** Of what no token can be alive any more nobody has to be told. Real time: tokens run by it. */
export async function liveRevocations(sql: Sql): Promise<string[]> {
  const rows = await sql.$queryRaw<{ id: string }[]>`
    select id from identity.revocation where at > clock_timestamp() - make_interval(secs => ${REVOCATION_SECONDS}) order by at`;
  return rows.map(({ id }) => id);
}
