// Whether the database has room for one more page. A full disk still answers `select 1`, and refuses whatever a request would write: such
// a process is not ready, and a proxy sends work to one whose database can keep it.
import type pg from 'pg';
import type { PartState } from './health.js';

/** A page is asked for this often at most, however often readiness is. */
const ASKED_EVERY_MS = 10_000;
/** More than one page of 8 kB, and nothing that compresses away. */
const FILLER = `select string_agg(md5(n::text), '') from generate_series(1, 1000) n`;
/** Of PostgreSQL: disk_full. */
const DISK_FULL = '53100';

export class RoomLeft {
  private asked: Readonly<{ at: number; state: Promise<PartState> }> | undefined;

  constructor(private readonly pool: pg.Pool, private readonly nowMs: () => number = () => performance.now()) {}

  /** Rejects where the database cannot be asked at all: that is another part's failure too. */
  state(): Promise<PartState> {
    const now = this.nowMs();
    if (this.asked && now - this.asked.at < ASKED_EVERY_MS) return this.asked.state;
    const state = this.ask();
    this.asked = { at: now, state };
    // Of a database that did not answer nothing is known: whoever looks next asks it again.
    state.catch(() => { this.asked = undefined; });
    return state;
  }

  /** In a table of this transaction alone, on the disk where tables are; it is gone with the rollback. */
  private async ask(): Promise<PartState> {
    const client = await this.pool.connect();
    // While it is borrowed the pool does not listen: a database that dies now would end the program. The question in hand fails of it.
    const onBroken = () => undefined;
    client.on('error', onBroken);
    try {
      await client.query('begin');
      await client.query(`create temp table room_left on commit drop as ${FILLER}`);
      return 'ok';
    } catch (error) {
      if ((error as { code?: string }).code === DISK_FULL) return 'failed';
      throw error;
    } finally {
      // A connection that cannot even roll back is none that anybody should be given again.
      await client.query('rollback').then(() => {
        client.off('error', onBroken);
        client.release();
      }, (error: Error) => client.release(error));
    }
  }
}
