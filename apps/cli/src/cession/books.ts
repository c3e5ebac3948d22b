// What must be the same on both sides of a cession: the balance of every account, and the digest of every statement.
import type pg from 'pg';
import { z } from 'zod';
import type { Ledger } from '#libs/ledger';

const LEDGERS: readonly Ledger[] = ['issuance', 'redemption', 'settlement'];
const cents = z.string().regex(/^-?\d+$/);

export const books = z.strictObject({
  /** Debit minus credit, of every account that is not at zero. */
  balances: z.array(z.strictObject({ ledger: z.enum(['issuance', 'redemption', 'settlement']), account: z.string(), cents })),
  statements: z.array(z.strictObject({ id: z.string(), sha256: z.string() })),
});
export type Books = z.output<typeof books>;
export type Balance = Books['balances'][number];

export async function readBooks(client: pg.Client): Promise<Books> {
  const all = LEDGERS.map((ledger) => `
    select '${ledger}' as ledger, debit as account, amount from ${ledger}.transfer union all
    select '${ledger}', credit, -amount from ${ledger}.transfer`).join(' union all ');
  const balances = await client.query<Balance>(
    `select ledger, account, sum(amount)::text as cents from (${all}) t group by 1, 2 having sum(amount) <> 0 order by 1, 2`);
  const statements = await client.query<Books['statements'][number]>('select id::text, sha256 from settlement.statement order by id');
  return { balances: balances.rows, statements: statements.rows };
}

/** A sentence that names the first difference; undefined when they are the same. */
export function differenceOf(said: Books, found: Books): string | undefined {
  const [signed, here] = [byName(said), byName(found)];
  const name = [...new Set([...signed.keys(), ...here.keys()])].sort().find((key) => signed.get(key) !== here.get(key));
  return name && `${name} is ${here.get(name) ?? 'missing'} in the tables, and ${signed.get(name) ?? 'missing'} in what was signed`;
}

const byName = ({ balances, statements }: Books): ReadonlyMap<string, string> => new Map([
  ...balances.map(({ ledger, account, cents: amount }) => [`account ${ledger} ${account}`, amount] as const),
  ...statements.map(({ id, sha256 }) => [`statement ${id}`, sha256] as const),
]);
