// The list of what is owed, to whom, in cents: from the balance of every account that is a debt to somebody. What lies at the bank
// and what is the operator's own stand beside it, so that a reader sees at once whether the one covers the other.
import type pg from 'pg';
import { CHART, kindOf } from '#libs/ledger';
import type { Balance } from './books.js';

export type OwedTo = 'payee' | 'payer' | 'holders' | 'pool' | 'sender' | 'order';
export type OwedLine = Readonly<{
  to: OwedTo;
  /** As the books name it; empty for a sender whom nobody knows. */
  id: string;
  name: string;
  siren: string;
  /** Which debt: the kind of its account. */
  kind: string;
  ledger: Balance['ledger'];
  cents: string;
}>;
export type Owed = Readonly<{ at: string; currency: 'EUR'; totalCents: string; atBankCents: string; lines: readonly OwedLine[] }>;

const TO: Readonly<Record<string, OwedTo>> = {
  unmatched: 'sender', bank_unknown: 'sender', prefund: 'payer', refund_due: 'payer', refund_payable: 'payer', expired: 'order',
  outstanding: 'holders', accrued: 'payee', held: 'payee', payable: 'payee', allocated: 'payee', transit: 'payee', commons: 'pool', commons_lent: 'pool',
};
const AT_BANK = ['bank', 'psp', 'cash_in_transit'];

type Body = Readonly<{ id: string; name: string; siren: string }>;

/** `client` reads all schemas, in the snapshot that the balances are from. */
export async function readOwed(client: pg.Client, balances: readonly Balance[], at: Date): Promise<Owed> {
  const bodies = await readBodies(client);
  // What the operator took out is on its own account, and nobody's cover.
  const { rows: own } = await client.query<{ account: string }>(`select 'bank:' || payee_id as account from settlement.operator`);
  const isAtBank = ({ ledger, account }: Balance): boolean =>
    ledger === 'settlement' && AT_BANK.includes(kindOf(account)) && !own.some((one) => one.account === account);
  const lines = balances.filter(({ ledger, account }) => isDebt(ledger, account)).map((balance) => lineOf(balance, bodies));
  const sum = (amounts: readonly string[]): string => amounts.reduce((total, cents) => total + BigInt(cents), 0n).toString();
  return {
    at: at.toISOString(), currency: 'EUR', totalCents: sum(lines.map(({ cents }) => cents)),
    atBankCents: sum(balances.filter(isAtBank).map(({ cents }) => cents)),
    lines: lines.sort((a, b) => `${a.to} ${a.name} ${a.id} ${a.kind}`.localeCompare(`${b.to} ${b.name} ${b.id} ${b.kind}`, 'fr')),
  };
}

const isDebt = (ledger: string, account: string): boolean =>
  CHART.some((entry) => entry.ledger === ledger && entry.kind === kindOf(account) && entry.class === 'liability');

function lineOf({ ledger, account, cents }: Balance, bodies: ReadonlyMap<string, Body>): OwedLine {
  const kind = kindOf(account);
  const key = account.slice(kind.length + 1).split(':').at(-1) ?? '';
  const body = bodies.get(key);
  const to = kind === 'refund_payable' && !body ? 'sender' : TO[kind]!;
  return { to, id: body?.id ?? key, name: body?.name ?? '', siren: body?.siren ?? '', kind, ledger, cents: (-BigInt(cents)).toString() };
}

/**
 * By the last id of an account. Of a transfer on its way the payment stands there, and its payee is who is owed. Nobody knows the
 * holders of vouchers: their batch stands for them, with its programme. What expired of an order is owed to its payers together,
 * until they have signed.
 */
async function readBodies(client: pg.Client): Promise<ReadonlyMap<string, Body>> {
  const { rows } = await client.query<Body & { key: string }>(`
    select id::text as key, id::text, name, siren::text from issuance.payer
    union all select id::text, id::text, coalesce(legal_name, ''), coalesce(siren, '') from settlement.payee
    union all select p.id::text, y.id::text, coalesce(y.legal_name, ''), coalesce(y.siren, '')
      from settlement.payment p join settlement.payee y on y.id = p.payee_id
    union all select b.id::text, b.id::text, r.name, '' from redemption.batch b join lateral (
      select name from issuance.programme_rule where programme_id = b.programme_id order by version desc limit 1) r on true
    union all select o.id::text, o.id::text, string_agg(p.name, ', ' order by p.name), '' from issuance.order o
      join issuance.order_share s on s.order_id = o.id join issuance.payer p on p.id = s.payer_id group by o.id`);
  return new Map(rows.map(({ key, ...body }) => [key, body]));
}
