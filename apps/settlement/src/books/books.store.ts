// The sub-ledger as it was: transfers only grow, so that a past balance is the sum of those up to then. A moment is the one that a
// posting was decided by, as in libs/control-totals; rows of before have only the one at which they were written.
import type { BankAccountId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { AccountBalance, BalanceFilter, PostedTransfer, TransferFilter } from './books.queries.js';

type At = Readonly<{ at: Date }>;

/** When the statements of that number were all closed; null while they are not. Undefined: no closing has this number. */
export async function closingEnd(sql: Sql, upToSeq: number): Promise<Date | null | undefined> {
  const [row] = await sql.$queryRaw<{ at: Date | null }[]>`select finished_at as at from settlement.statement_closing where up_to_seq = ${upToSeq}`;
  return row && row.at;
}

/** By custody account and account; one that came back to nothing is shown with what went through it. */
export async function listBalances(sql: Sql, { at, custodyAccountId, account, after, rowsMax }: Omit<BalanceFilter, 'moment'> & At): Promise<AccountBalance[]> {
  const [afterCustody, afterAccount] = after ?? [null, null];
  const [one, kind] = account?.includes(':') ? [account, null] : [null, account];
  return sql.$queryRaw<AccountBalance[]>`
    select custody_account_id as "custodyAccountId", account, sum(debit)::bigint as debit, sum(credit)::bigint as credit, count(*)::int as transfers
    from (
      select custody_account_id, debit as account, amount as debit, 0::bigint as credit from settlement.transfer
        where coalesce(booked_at, created_at) <= ${at}
      union all
      select custody_account_id, credit, 0, amount from settlement.transfer where coalesce(booked_at, created_at) <= ${at}) side
    where (${custodyAccountId}::uuid is null or custody_account_id = ${custodyAccountId}::uuid)
      and (${one}::text is null or account = ${one}::text) and (${kind}::text is null or split_part(account, ':', 1) = ${kind}::text)
      and (${afterCustody}::uuid is null or (custody_account_id, account) > (${afterCustody}::uuid, ${afterAccount}::text))
    group by 1, 2 order by 1, 2 limit ${rowsMax}::int`;
}

/** Newest first. */
export const listTransfers = (
  sql: Sql, { at, custodyAccountId, account, before, rowsMax }: Omit<TransferFilter, 'moment'> & At,
): Promise<PostedTransfer[]> => sql.$queryRaw<(PostedTransfer & { custodyAccountId: BankAccountId })[]>`
  select event_id as "eventId", line::int as line, rule, debit, credit, amount, custody_account_id as "custodyAccountId", booked as "bookedAt",
    micros::float8 as "bookedMicros", reverses_event_id as "reversesEventId"
  from (
    select t.*, coalesce(booked_at, created_at) as booked, round(extract(epoch from coalesce(booked_at, created_at)) * 1000000)::bigint as micros
    from settlement.transfer t where (debit = ${account} or credit = ${account}) and coalesce(booked_at, created_at) <= ${at}) t
  where (${custodyAccountId}::uuid is null or custody_account_id = ${custodyAccountId}::uuid)
    and (${before?.micros ?? null}::bigint is null
      or (micros, event_id, line) < (${before?.micros ?? null}::bigint, ${before?.eventId ?? null}::uuid, ${before?.line ?? null}::smallint))
  order by micros desc, event_id desc, line desc limit ${rowsMax}::int`;
