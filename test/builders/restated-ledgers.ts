// The ledgers as they are against what messages say that they must be: row by row, none missing, none too many.
import pg from 'pg';
import type { Ledger } from '#libs/ledger';
import { restate, type RestatedMessage } from '#libs/restated-ledger';

type Rows = (sql: string) => Promise<Record<string, unknown>[]>;

const kindIn = (side: string) => `case when ${side} like 'clearing:%' then ${side} else split_part(${side}, ':', 1) end`;
const transfersOf = (ledger: Ledger) => `
  select '${ledger}' as ledger, event_id::text, rule, ${kindIn('debit')} as debit, ${kindIn('credit')} as credit, custody_account_id::text as custody,
    sum(amount)::text as amount from ${ledger}.transfer group by 1, 2, 3, 4, 5, 6`;

/** Audit's copy of all events against all three ledgers. */
export async function unlikeEvents(inspectorUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: inspectorUrl });
  await client.connect();
  const rows: Rows = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
  try {
    const events = await rows('select id, type, sender, body from audit.event') as unknown as RestatedMessage[];
    return compare(await rows((['issuance', 'redemption', 'settlement'] as const).map(transfersOf).join(' union all ')), events);
  } finally {
    await client.end();
  }
}

/** What one service alone has said, not sent yet, against what it posted for it. */
export async function unlikeOutbox(ledger: Ledger, rows: Rows): Promise<string[]> {
  const events = await rows(`select m ->> 'id' as id, m ->> 'type' as type, '${ledger}' as sender, m -> 'body' as body
    from ${ledger}.outbox, jsonb_array_elements(messages) m`) as unknown as RestatedMessage[];
  const told = new Set(events.map(({ id }) => id));
  return compare((await rows(transfersOf(ledger))).filter((row) => told.has(String(row['event_id']))), events, ledger);
}

/** A receiver splits some sums by payers that no message names: each pair of kinds of an event is compared in sum. */
function compare(transfers: readonly Record<string, unknown>[], events: readonly RestatedMessage[], only?: Ledger): string[] {
  const sums = new Map<string, bigint>();
  for (const event of events) {
    for (const { ledger, rule, debit, credit, custodyAccountId, amount } of restate(event)) {
      if (only !== undefined && ledger !== only) continue;
      const [from, to] = [debit, credit].map(({ kind, key }) => (kind === 'clearing' ? `clearing:${key}` : kind));
      const row = [ledger, event.id, rule, from, to, custodyAccountId].join(' ');
      sums.set(row, (sums.get(row) ?? 0n) + amount);
    }
  }
  const restated = new Set([...sums].map(([row, amount]) => `${row} ${amount}`));
  const booked = new Set(transfers.map((row) => ['ledger', 'event_id', 'rule', 'debit', 'credit', 'custody', 'amount'].map((name) => row[name]).join(' ')));
  const typeOf = new Map(events.map(({ id, type }) => [id, type]));
  const named = (row: string) => `${row} (${typeOf.get(row.split(' ')[1]!) ?? 'no event'})`;
  return [
    ...[...booked].filter((row) => !restated.has(row)).map((row) => `only booked: ${named(row)}`),
    ...[...restated].filter((row) => !booked.has(row)).map((row) => `only restated: ${named(row)}`),
  ];
}
