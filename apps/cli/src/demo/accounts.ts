// Every account that took part, with its postings, as the inspector reads them: the demo shows where each cent went.
import pg from 'pg';

export type Posting = Readonly<{ rule: string; against: string; amountCents: number }>;
export type AccountShown = Readonly<{ ledger: string; account: string; balanceCents: number; postings: readonly Posting[] }>;
export type AuditShown = Readonly<{ events: number; missing: number }>;

const LEDGERS = ['issuance', 'redemption', 'settlement'] as const;

/** Balances are credit minus debit: a debt stands above zero, what the bank holds below. */
export async function readAccounts(inspectorUrl: string): Promise<{ accounts: AccountShown[]; audit: AuditShown }> {
  const client = new pg.Client({ connectionString: inspectorUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ ledger: string; account: string; against: string; rule: string; amount: string }>(
      LEDGERS.map((ledger) => `
        select '${ledger}' as ledger, debit as account, credit as against, rule, -amount as amount, created_at from ${ledger}.transfer
        union all select '${ledger}', credit, debit, rule, amount, created_at from ${ledger}.transfer`).join(' union all ') + ' order by ledger, account, created_at',
    );
    const audit = await client.query<{ events: string; missing: string }>(
      `select coalesce(sum(events), 0) as events, coalesce(sum(last - events), 0) as missing
       from (select count(*) as events, max(seq) as last from audit.event group by sender) e`);
    return { accounts: grouped(rows), audit: { events: Number(audit.rows[0]!.events), missing: Number(audit.rows[0]!.missing) } };
  } finally {
    await client.end();
  }
}

function grouped(rows: readonly { ledger: string; account: string; against: string; rule: string; amount: string }[]): AccountShown[] {
  const found = new Map<string, { ledger: string; account: string; balanceCents: number; postings: Posting[] }>();
  for (const { ledger, account, against, rule, amount } of rows) {
    const name = `${ledger} ${account}`;
    const entry = found.get(name) ?? { ledger, account, balanceCents: 0, postings: [] };
    entry.balanceCents += Number(amount);
    entry.postings.push({ rule, against, amountCents: Number(amount) });
    found.set(name, entry);
  }
  return [...found.values()];
}

/** What both sides of each pair say together; all zero when nothing is under way. */
export function clearingPairs(accounts: readonly AccountShown[]): Record<string, number> {
  const pairs: Record<string, number> = {};
  for (const { ledger, account, balanceCents } of accounts) {
    if (!account.startsWith('clearing:')) continue;
    const pair = [ledger, account.slice('clearing:'.length)].sort().join('-');
    pairs[pair] = (pairs[pair] ?? 0) + balanceCents;
  }
  return pairs;
}
