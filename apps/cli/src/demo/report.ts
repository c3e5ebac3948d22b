// What a person reads at the end of the demo, and the one object that `--json` prints instead.
import { tiersText, type Inspection } from '#libs/invariants';
import { clearingPairs, type AccountShown, type AuditShown } from './accounts.js';
import { euros, type Life } from './life.js';

export type Report = Readonly<{
  seed: string;
  /** False when the platform refused to go on before the end. */
  finished: boolean;
  vouchers: { issued: number; redeemed: number };
  cents: { ordered: number; gross: number; net: number; returned: number; paid: number };
  payments: readonly { state: string; amountCents: number }[];
  clearing: Record<string, number>;
  audit: { events: number; missing: number; verified: boolean };
  invariants: { checked: number; byTier: Inspection['byTier']; broken: readonly { invariant: string; row: string; detail: string }[] };
  seconds: { total: number; inspection: number };
}>;

type Played = Readonly<{
  seed: string; life: Life | undefined; accounts: readonly AccountShown[]; audit: AuditShown; inspection: Inspection; seconds: number;
}>;

export function reportOf({ seed, life, accounts, audit, inspection, seconds }: Played): Report {
  const payments = life?.payments ?? [];
  const paid = (state: string) => payments.filter((payment) => payment.state === state)
    .reduce((sum, { amountCents }) => sum + amountCents, 0);
  return {
    seed,
    finished: life !== undefined,
    vouchers: { issued: life?.vouchers.length ?? 0, redeemed: life?.redeemed.length ?? 0 },
    cents: {
      ordered: life?.order.amountCents ?? 0, gross: life?.closed.grossCents ?? 0, net: life?.closed.netCents ?? 0,
      returned: paid('returned'), paid: paid('booked'),
    },
    payments: payments.map(({ state, amountCents }) => ({ state, amountCents })),
    clearing: clearingPairs(accounts),
    audit: { ...audit, verified: audit.missing === 0 && inspection.broken.length === 0 },
    invariants: {
      checked: inspection.checked, byTier: inspection.byTier,
      broken: inspection.broken.map(({ invariant, rowNamed: row, detail }) => ({ invariant, row, detail })),
    },
    seconds: { total: seconds, inspection: inspection.seconds },
  };
}

export function accountsText(accounts: readonly AccountShown[]): string {
  const row = (account: string, amountCents: number) => `${short(account).padEnd(34)} ${euros(amountCents).padStart(14)}`;
  const lines = accounts.flatMap(({ ledger, account, balanceCents, postings }) => [
    `  ${ledger.padEnd(10)} ${row(account, balanceCents)}`,
    ...postings.map(({ rule, against, amountCents }) =>
      `             row ${rule.padEnd(3)} ${amountCents > 0 ? 'from' : 'to  '} ${row(against, amountCents)}`),
  ]);
  return ['', 'Accounts (credit minus debit: what is owed is above zero)', ...lines].join('\n');
}

/** The last digits of an id tell accounts apart well enough for a reader. */
const short = (account: string): string => account.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}([0-9a-f]{8})/g, '…$1');

export function conclusion({ clearing, audit, invariants, seconds }: Report): string {
  return [
    '',
    `Clearing pairs: ${Object.entries(clearing).map(([pair, amountCents]) => `${pair} ${euros(amountCents)}`).join(', ')}`,
    `Audit has ${audit.events} events, ${audit.missing} numbers missing`,
    ...invariants.broken.map(({ invariant, row, detail }) => `BROKEN ${invariant}: ${row}: ${detail}`),
    `${invariants.checked} invariants checked (${tiersText(invariants.byTier)}): ${invariants.broken.length === 0 ? 'all hold' : `${invariants.broken.length} rows broken`}`
      + ` (${seconds.total.toFixed(1)} s)`,
  ].join('\n');
}
