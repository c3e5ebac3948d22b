// Runs invariants over one snapshot, as a role that can only read. Used by tests, the demo, chaos and `mereau inspect`,
// and by each service, once a minute, for what it can check alone.
import pg from 'pg';
import { CATALOGUE } from './catalogue.js';
import type { Broken, Invariant, Tier } from './invariant.js';

// A broken rule names its rows; a thousand of them would hide the first.
const ROWS_NAMED_MAX = 20;

export type Inspection = Readonly<{ checked: number; byTier: Readonly<Record<Tier, number>>; broken: readonly Broken[]; seconds: number }>;

/**
 * Checks `invariants` (all by default) behind `url`. Throws when the database cannot be read, and when one of them cannot be asked, unless
 * `onFailed` hears of it: the others are checked all the same.
 */
export async function inspect(
  url: string, invariants: readonly Invariant[] = CATALOGUE, onFailed?: (invariant: Invariant, error: unknown) => void,
): Promise<Inspection> {
  const began = performance.now();
  const client = new pg.Client({ connectionString: url, application_name: 'mereau-inspect' });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const broken: Broken[] = [];
    for (const invariant of invariants) {
      broken.push(...await (onFailed ? checkApart(client, invariant, onFailed) : check(client, invariant)));
    }
    await client.query('commit');
    return { checked: invariants.length, byTier: countByTier(invariants), broken, seconds: (performance.now() - began) / 1000 };
  } finally {
    await client.end();
  }
}

/** In the transaction that `client` is in: for what is not committed yet. */
export async function inspectOn(client: pg.Client, invariants: readonly Invariant[] = CATALOGUE): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const invariant of invariants) broken.push(...await check(client, invariant));
  return broken;
}

/** For whoever reads how much was asked, and of what kind. */
export const tiersText = ({ local, crossing, inspector }: Inspection['byTier']): string =>
  `${local} local, ${crossing} crossing, ${inspector} of the inspector`;

const countByTier = (invariants: readonly Invariant[]): Record<Tier, number> => {
  const count = (tier: Tier) => invariants.filter((invariant) => invariant.tier === tier).length;
  return { local: count('local'), crossing: count('crossing'), inspector: count('inspector') };
};

/** In a savepoint, so that what cannot be asked ends nothing but itself. */
async function checkApart(
  client: pg.Client, invariant: Invariant, onFailed: (invariant: Invariant, error: unknown) => void,
): Promise<Broken[]> {
  await client.query('savepoint one');
  try {
    return await check(client, invariant);
  } catch (error) {
    await client.query('rollback to savepoint one');
    onFailed(invariant, error);
    return [];
  }
}

async function check(client: pg.Client, { id, holds, sql }: Invariant): Promise<Broken[]> {
  const { rows } = await client.query<{ row_named: string; detail: string }>(`${sql} limit ${ROWS_NAMED_MAX}`);
  return rows.map(({ row_named: rowNamed, detail }) => ({ invariant: id, holds, rowNamed, detail }));
}

/** The first row that breaks a local invariant as `ask` sees it; undefined where it holds, or is none that is known. */
export async function brokenRow(id: string, ask: (sql: string) => Promise<readonly { row_named: string }[]>): Promise<string | undefined> {
  const invariant = CATALOGUE.find((one) => one.id === id && one.tier === 'local');
  return invariant && (await ask(`${invariant.sql} limit 1`))[0]?.row_named;
}
