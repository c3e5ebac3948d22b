// The cut-off of undoing. A closing tells settlement sums that it will pay by; a redemption inside them must not be taken
// back afterwards. Both therefore meet at one lock: undoing holds the period open, closing waits until nobody does.
import type { Tx } from '#libs/persistence';

const PERIOD = 'redemption:period';

export const CLOSED_UP_TO = 'select max(up_to_seq) from redemption.period_closing';

/** Until the end of the transaction no closing begins, nor is one under way. Any number may hold it at once; tills never do. */
export async function holdPeriodOpen(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${PERIOD}, 0))`;
}

/** Waits for whoever undoes. What they wrote is seen by the statements after this one. */
export async function lockPeriod(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${PERIOD}, 0))`;
}

/** The same number again (nothing happened since) changes nothing. */
export async function insertPeriodClosing(tx: Tx, upToSeq: number): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.period_closing (up_to_seq, closed_at) values (${upToSeq}::bigint, ${tx.now}) on conflict do nothing`;
}
