// The SQL of audit.coverage_statement, and of the totals that statements are made of.
import type { Sql, Tx } from '#libs/persistence';
import type { Announced } from './coverage.decision.js';
import type { SignedStatement } from './coverage-text.js';
import type { Stated } from './next-statement.decision.js';

export async function lockStatements(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.coverage', 0))`;
}

/** Of each ledger the first totals, the newest, and those of days that are over and not stated yet. */
export async function announcedSince(sql: Sql, finalDay: string | null): Promise<Announced[]> {
  return sql.$queryRaw<Announced[]>`
    with told as (select sender as ledger, id as "eventId", body as totals, (body ->> 'number')::int as number, (body ->> 'day')::date as day,
        (body ->> 'final')::boolean as final from audit.event where type = 'control_totals.published.v1'),
      ends as (select ledger, min(number) as first, max(number) as last from told group by ledger)
    select t.ledger, t."eventId", t.totals from told t join ends e on e.ledger = t.ledger
    where t.number in (e.first, e.last) or (t.final and (${finalDay}::date is null or t.day > ${finalDay}::date))`;
}

export type LastStatement = Stated & Readonly<{ number: number; sha256: string }>;

export async function lastStatement(sql: Sql): Promise<LastStatement | undefined> {
  const [row] = await sql.$queryRaw<LastStatement[]>`
    select number, sha256, (select max(day)::text from audit.coverage_statement where final) as "finalDay",
      (select jsonb_object_agg(t ->> 'ledger', (t ->> 'number')::int) from jsonb_array_elements(content::jsonb -> 'totals') t) as numbers
    from audit.coverage_statement order by number desc limit 1`;
  return row;
}

export async function insertStatement(tx: Tx, statement: SignedStatement): Promise<void> {
  const { number, previous, day, final, content, sha256, keyId, signature } = statement;
  await tx.sql.$executeRaw`
    insert into audit.coverage_statement (number, previous_sha256, day, final, content, sha256, key_id, signature, made_at)
    values (${number}::int, ${previous}, ${day}::date, ${final}::boolean, ${content}, ${sha256}, ${keyId}, decode(${signature}, 'base64'), ${tx.now})`;
}

const shown = `number, previous_sha256 as previous, day::text as day, final, content, sha256, key_id as "keyId",
  translate(encode(signature, 'base64'), E'\\n', '') as signature`;

/** Newest first, below a number when one is given. */
export const listStatements = (sql: Sql, limit: number, below: number | null): Promise<SignedStatement[]> =>
  sql.$queryRawUnsafe<SignedStatement[]>(`select ${shown} from audit.coverage_statement where $1::int is null or number < $1::int order by number desc limit $2::int`, below, limit);

/** That of the day when it is over, else the newest of it. */
export async function statementOf(sql: Sql, day: string): Promise<SignedStatement | undefined> {
  const [row] = await sql.$queryRawUnsafe<SignedStatement[]>(
    `select ${shown} from audit.coverage_statement where day = $1::date order by final desc, number desc limit 1`, day);
  return row;
}
