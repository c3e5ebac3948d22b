import type { Month } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export type Release = Readonly<{ month: Month; madeAt: Date; content: string; sha256: string; keyId: string; signature: string }>;

export type ReleasesAsked = Readonly<{ before: Month | null; rowsMax: number }>;

export async function lockReleases(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.open-data', 0))`;
}

export async function lastReleased(sql: Sql): Promise<Month | undefined> {
  const [row] = await sql.$queryRaw<{ month: Month | null }[]>`select to_char(max(month), 'YYYY-MM') as month from audit.open_data_release`;
  return row!.month ?? undefined;
}

export async function insertRelease(tx: Tx, { month, content, sha256, keyId, signature, madeAt }: Release): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.open_data_release (month, content, sha256, key_id, signature, made_at)
    values (${`${month}-01`}::date, ${content}, ${sha256}, ${keyId}, decode(${signature}, 'base64'), ${madeAt})`;
}

const shown = `to_char(r.month, 'YYYY-MM') as month, r.made_at as "madeAt", r.content, r.sha256, r.key_id as "keyId",
  translate(encode(r.signature, 'base64'), E'\\n', '') as signature`;

/** Newest first. */
export const listReleases = (sql: Sql, { before, rowsMax }: ReleasesAsked): Promise<Release[]> => sql.$queryRawUnsafe<Release[]>(
  `select ${shown} from audit.open_data_release r where $1::text is null or r.month < ($1 || '-01')::date order by r.month desc limit $2::int`, before, rowsMax);

export async function releaseOf(sql: Sql, month: Month): Promise<Release | undefined> {
  const [row] = await sql.$queryRawUnsafe<Release[]>(`select ${shown} from audit.open_data_release r where r.month = ($1 || '-01')::date`, month);
  return row;
}

/** Months by how much of the log they count, the least first; those of the first format do not say, and count as nothing. */
export const releasesByLeaves = (sql: Sql): Promise<Readonly<{ month: Month; leaves: number }>[]> => sql.$queryRaw`
  select to_char(month, 'YYYY-MM') as month, coalesce((content::jsonb #>> '{counted,leaves}')::float8, 0) as leaves
  from audit.open_data_release order by 2, 1`;
