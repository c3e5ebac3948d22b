// What the restated transfers come to at a moment, and what a balance is made of.
import type { Sql } from '#libs/persistence';
import { programmeIn } from '../restate-ledgers/programme-of.decision.js';
import type { LedgerName } from '../restate-ledgers/restated.store.js';
import type { BookLine, Used } from './consolidation.decision.js';

/** Debit above zero, each with the key of its account; $1 is the moment. */
const SIDES = `
  select ledger, custody_account_id, ${programmeIn('debit')} as programme, debit as account, debit_key as key, amount, sender, seq, line
    from audit.restated_transfer where occurred_at <= $1::timestamptz
  union all
  select ledger, custody_account_id, ${programmeIn('credit')}, credit, credit_key, -amount, sender, seq, line
    from audit.restated_transfer where occurred_at <= $1::timestamptz`;

export function bookLines(sql: Sql, at: Date): Promise<BookLine[]> {
  return sql.$queryRawUnsafe(`
    select ledger, custody_account_id as "custodyAccountId", programme, account, sum(amount)::bigint as amount, count(*)::int as transfers
    from (${SIDES}) s group by 1, 2, 3, 4 order by 2, 1, 4, 3`, at);
}

/** Rows 7 less 8, and 22 less 24, as redemption books them. */
export function usedOf(sql: Sql, at: Date): Promise<Used[]> {
  return sql.$queryRaw<Used[]>`
    select custody_account_id as "custodyAccountId", programme,
      coalesce(sum(case rule when '7' then amount when '8' then -amount end), 0)::bigint as redeemed,
      coalesce(sum(case rule when '22' then amount when '24' then -amount end), 0)::bigint as breakage
    from audit.restated_transfer where ledger = 'redemption' and rule in ('7', '8', '22', '24') and occurred_at <= ${at} group by 1, 2`;
}

export type UpTo = Readonly<{ sender: LedgerName; seq: bigint }>;
export const restatedPositions = (sql: Sql): Promise<UpTo[]> =>
  sql.$queryRaw<UpTo[]>`select sender, up_to_seq as seq from audit.restated_position order by sender`;

export type OfAccount = Readonly<{
  at: Date; ledger: LedgerName; account: string; custodyAccountId: string | null; programmeId: string | null;
}>;
const OF_ACCOUNT = `ledger = $2 and account = $3 and ($4::uuid is null or custody_account_id = $4::uuid) and ($5::text is null or programme = $5::text)`;
const parametersOf = ({ at, ledger, account, custodyAccountId, programmeId }: OfAccount) =>
  [at, ledger, account, custodyAccountId, programmeId];

export type KeyedBalance = Readonly<{ key: string; amount: bigint; transfers: number }>;

/** By whom it is, in the order of keys; what no message tells whose it is stands under the empty key. */
export function keyedBalances(
  sql: Sql, of: OfAccount, { after, rowsMax }: Readonly<{ after: string | null; rowsMax: number }>,
): Promise<KeyedBalance[]> {
  return sql.$queryRawUnsafe(`
    select coalesce(key, '') as key, sum(amount)::bigint as amount, count(*)::int as transfers from (${SIDES}) s
    where ${OF_ACCOUNT} and ($6::text is null or coalesce(key, '') collate "C" > $6::text)
    group by coalesce(key, '') order by coalesce(key, '') collate "C" limit $7::int`, ...parametersOf(of), after, rowsMax);
}

export type Fact = Readonly<{
  sender: LedgerName; seq: bigint; line: number; eventId: string; type: string; rule: string; occurredAt: Date;
  facing: string; key: string | null; amount: bigint; logIndex: bigint | null;
}>;
export type FactPosition = readonly [sender: string, seq: number, line: number];

/** Single facts, in the order of senders and their numbers, each with its place in the log. */
export function listFacts(
  sql: Sql, of: OfAccount & Readonly<{ key: string | null }>, { after, rowsMax }: Readonly<{ after: FactPosition | null; rowsMax: number }>,
): Promise<Fact[]> {
  return sql.$queryRawUnsafe(`
    select t.sender, t.seq, t.line, t.event_id as "eventId", e.type, t.rule, t.occurred_at as "occurredAt",
      case when s.amount > 0 then t.credit else t.debit end as facing, s.key, s.amount, l.log_index as "logIndex"
    from (${SIDES}) s join audit.restated_transfer t on t.sender = s.sender and t.seq = s.seq and t.line = s.line
    join audit.event e on e.sender = s.sender and e.seq = s.seq left join lateral audit.place_of(s.sender, s.seq) l on true
    where s.ledger = $2 and s.account = $3 and ($4::uuid is null or s.custody_account_id = $4::uuid) and ($5::text is null or s.programme = $5::text)
      and ($6::text is null or coalesce(s.key, '') = $6::text)
      and ($7::text is null or (s.sender, s.seq, s.line) > ($7::text, $8::bigint, $9::int))
    order by s.sender, s.seq, s.line limit $10::int`,
  ...parametersOf(of), of.key, after?.[0] ?? null, after?.[1] ?? 0, after?.[2] ?? 0, rowsMax);
}
