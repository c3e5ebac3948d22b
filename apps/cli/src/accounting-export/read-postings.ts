// All transfers of the three ledgers in the order of their days, read from one snapshot and a cursor. The day of a posting is
// that of its event, as audit keeps it, in the operator's time zone.
import type pg from 'pg';
import type { Ledger } from '#libs/ledger';

export type Balance = Readonly<{ ledger: Ledger; account: string; /** Debit minus credit. */ cents: bigint }>;
export type Transfer = Readonly<{
  ledger: Ledger; eventId: string; type: string; day: string; rule: string; debit: string; credit: string; amountCents: bigint;
}>;

const LEDGERS: readonly Ledger[] = ['issuance', 'redemption', 'settlement'];
export const OPERATOR_ZONE = 'Europe/Paris';
const FETCHED = 5_000;

const all = LEDGERS.map((ledger) => `select '${ledger}' as ledger, event_id, line, rule, debit, credit, amount from ${ledger}.transfer`).join(' union all ');
const dated = `
  select t.*, e.type, e.occurred_at, (e.occurred_at at time zone '${OPERATOR_ZONE}')::date as day
  from (${all}) t left join audit.event e on e.id = t.event_id`;

/** Transfers whose event audit does not have yet: they have no day, so a file cannot be whole. */
export async function countUndated(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) from (${dated}) d where d.day is null`);
  return Number(rows[0]!.count);
}

/** What stood on each account when the day began. */
export async function readBalances(client: pg.Client, firstDay: string): Promise<Balance[]> {
  const { rows } = await client.query<{ ledger: Ledger; account: string; cents: string }>(`
    with before as materialized (select * from (${dated}) d where d.day < $1::date)
    select ledger, account, sum(amount)::text as cents from (
      select ledger, debit as account, amount from before union all select ledger, credit, -amount from before) s
    group by 1, 2 having sum(amount) <> 0 order by 1, 2`, [firstDay]);
  return rows.map((row) => ({ ...row, cents: BigInt(row.cents) }));
}

/** In the order of their moments; the transfers of one posting follow each other. The client must be in a transaction. */
export async function* readTransfers(client: pg.Client, firstDay: string, lastDay: string): AsyncGenerator<Transfer> {
  await client.query(`declare postings no scroll cursor for
    select ledger, event_id as "eventId", type, day::text as day, rule, debit, credit, amount::text as "amountCents" from (${dated}) d
    where d.day between ${client.escapeLiteral(firstDay)}::date and ${client.escapeLiteral(lastDay)}::date
    order by d.occurred_at, d.event_id, d.ledger, d.line`);
  for (;;) {
    const { rows } = await client.query<Omit<Transfer, 'amountCents'> & { amountCents: string }>(`fetch ${FETCHED} from postings`);
    if (rows.length === 0) break;
    for (const row of rows) yield { ...row, amountCents: BigInt(row.amountCents) };
  }
  await client.query('close postings');
}

/** What payers and payees are called, by the id that stands in an account. Organisations only: no person has an account. */
export async function readNames(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ id: string; name: string }>(`
    select id::text, name from issuance.payer
    union select id::text, legal_name from settlement.payee where legal_name is not null`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
