import type { BankAccountId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { OpenLine, OpenLinePage, Side } from './reconciliation.queries.js';

type Sums = Readonly<{ bankAccountId: BankAccountId; account: Side; explained: bigint; unexplained: bigint; lines: number }>;

/** Explained is what needs nobody: the money of before the first statement, and what Stripe has yet to list. */
export const openSums = (sql: Sql): Promise<Sums[]> => sql.$queryRaw<Sums[]>`
  select bank_account_id as "bankAccountId", account, count(*)::int as lines,
    coalesce(sum(amount) filter (where why in ('before_the_first_statement', 'not_listed_yet')), 0)::bigint as explained,
    coalesce(sum(amount) filter (where why not in ('before_the_first_statement', 'not_listed_yet')), 0)::bigint as unexplained
  from settlement.unreconciled group by 1, 2`;

export const openLines = (sql: Sql, { account, bankAccountId, after, rowsMax }: OpenLinePage): Promise<OpenLine[]> => sql.$queryRaw<OpenLine[]>`
  select bank_account_id as "bankAccountId", account, source, id, day::text as day, amount, why, detail from settlement.unreconciled
  where (${account}::text is null or account = ${account}::text) and (${bankAccountId}::uuid is null or bank_account_id = ${bankAccountId}::uuid)
    and (${after?.day ?? null}::date is null or (day, source, id) > (${after?.day ?? null}::date, ${after?.source ?? null}::text, ${after?.id ?? null}::text))
  order by day, source, id limit ${rowsMax}::int`;
