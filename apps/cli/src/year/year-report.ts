// What a year came to: everything counted by SQL as the inspector, so that a play cannot report what it hoped for.
import pg from 'pg';
import { inspect, tiersText, type Inspection } from '#libs/invariants';
import { euros } from '../demo/life.js';
import { readCents, type YearCents } from './ledgers/cents.js';
import type { Sealed } from './acts/seal-audit.js';
import { countAlerts, countEvents, readPlaceCounts, readVoucherCounts, type PlaceCounts, type VoucherCounts } from './ledgers/counts.js';
import { disagreements, IDENTITIES, type Disagreement } from './ledgers/identities.js';
import { sumOfPaymentFiles } from './ledgers/payment-files.js';
import type { YearFiles } from './out-folder.js';

export type YearReport = Readonly<{
  seed: string;
  /** False when the platform refused to go on before the end. */
  finished: boolean;
  places: PlaceCounts;
  vouchers: VoucherCounts;
  cents: YearCents;
  files: YearFiles;
  /** Without a root when the year did not come to its seal. */
  audit: Omit<Sealed, 'root'> & Readonly<{ root: string | null }>;
  /** What the rules against fraud found in it, by rule: an honest year has none. */
  alerts: Readonly<Record<string, number>>;
  /** `rows` names what is broken. */
  invariants: Readonly<{ checked: number; byTier: Inspection['byTier']; broken: number; rows: readonly Disagreement[] }>;
  seconds: Readonly<Record<string, number>>;
}>;

/** `sealed` is undefined when the platform refused to go on before the end. */
export type Ended = Readonly<{ seed: string; sealed: Sealed | undefined; files: YearFiles; seconds: Readonly<Record<string, number>> }>;

export async function reportOn(inspectorUrl: string, ended: Ended): Promise<YearReport> {
  const inspection = await inspect(inspectorUrl);
  const inspector = new pg.Client({ connectionString: inspectorUrl });
  await inspector.connect();
  try {
    const cents = await readCents(inspector);
    const rows = [
      ...inspection.broken.map(({ invariant, rowNamed: row, detail }) => ({ invariant, row, detail })),
      ...disagreements({ ...cents, paymentFiles: sumOfPaymentFiles(ended.files.pain001Places) }),
    ];
    return {
      seed: ended.seed, finished: ended.sealed !== undefined, places: await readPlaceCounts(inspector),
      vouchers: await readVoucherCounts(inspector), cents, files: ended.files,
      audit: ended.sealed ?? { events: await countEvents(inspector), root: null, verified: false },
      alerts: await countAlerts(inspector),
      invariants: { checked: inspection.checked + IDENTITIES.length, byTier: inspection.byTier, broken: rows.length, rows },
      seconds: { ...ended.seconds, inspection: inspection.seconds },
    };
  } finally {
    await inspector.end();
  }
}

export function reportText({ places, vouchers, cents, files, audit, alerts, invariants, seconds }: YearReport, folder: string): string {
  const { refusedByCode, ...counts } = vouchers;
  const columns = (title: string, values: Readonly<Record<string, string | number>>) =>
    ['', title, ...Object.entries(values).map(([name, value]) => `  ${name.padEnd(26)} ${String(value).padStart(16)}`)];
  return [
    ...columns('Rows of places', places),
    ...columns('Vouchers', counts),
    ...columns('Refused at the till', refusedByCode),
    ...columns('Alerts', alerts),
    ...columns('Money', Object.fromEntries(Object.entries(cents).map(([name, value]) => [name, euros(value)]))),
    ...columns('Seconds', Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, value.toFixed(1)]))),
    '',
    `${Object.values(files).flat().length} files in ${folder}`,
    `Audit has ${audit.events} events, ${audit.verified ? `sealed and verified: ${audit.root}` : 'NOT verified'}`,
    ...invariants.rows.map(({ invariant, row, detail }) => `BROKEN ${invariant}: ${row}: ${detail}`),
    `${invariants.checked} invariants checked (${tiersText(invariants.byTier)}, ${IDENTITIES.length} of the year): ${invariants.broken === 0 ? 'all hold' : `${invariants.broken} rows broken`}`,
  ].join('\n');
}
