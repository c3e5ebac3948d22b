// One look of a service at what is past its time: each rule in bounded steps, each step a transaction of its own, so that a kill
// leaves nothing half done and a table that was never cleaned holds up nobody.
import type pg from 'pg';
import type { Schema } from '#libs/persistence';
import { ENDING } from './ending.js';

const ROWS_PER_STEP = 1_000;
/** What is left then waits for the next look. */
const STEPS_PER_LOOK = 100;

/**
 * `at` is the moment that terms are counted back from; the database never takes it for later than it is. Resolves with how many rows
 * went, by rule.
 */
export async function forgetPast(
  pool: Pick<pg.Pool, 'query'>, schema: Schema, at: Date, rowsPerStep = ROWS_PER_STEP,
): Promise<ReadonlyMap<string, number>> {
  const gone = new Map<string, number>();
  for (const { id } of ENDING.filter(({ by, schemas }) => by === 'job' && schemas.includes(schema))) {
    for (let step = 0; step < STEPS_PER_LOOK; step += 1) {
      const { rows: [row] } = await pool.query<{ rows: number }>(`select ${schema}.forget_${id}($1::timestamptz, $2::int) as rows`, [at, rowsPerStep]);
      gone.set(id, (gone.get(id) ?? 0) + row!.rows);
      if (row!.rows < rowsPerStep) break;
    }
  }
  return gone;
}
