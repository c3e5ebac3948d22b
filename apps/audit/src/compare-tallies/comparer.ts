// Compares what each ledger announced of itself with its events, at the numbers that it named. It writes down what differs; the watch
// over the invariants tells it, and settlement then lets no money go.
import type { Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { LEDGERS, lockRestated, restatedUpTo, type LedgerName } from '../restate-ledgers/restated.store.js';
import {
  addRestated, comparedUpTo, lastCompared, markDiffering, nameEvent, nextAnnouncement, noteSaid, type Announcement,
} from './compared-tally.store.js';

const META = { kind: 'process', name: 'comparer', correlationId: 'compared-tallies' } as const;

export class Comparer {
  constructor(private readonly work: AuditWork) {}

  /** One announcement after the other, until none is left or the next speaks of events that are not restated yet. Answers how many. */
  async compareAnnounced(isOver: () => boolean = () => false): Promise<number> {
    let compared = 0;
    for (const ledger of LEDGERS) {
      while (!isOver() && await this.work.once(META, (tx) => compareNext(tx, ledger)) as boolean) compared += 1;
    }
    return compared;
  }
}

async function compareNext(tx: Tx, ledger: LedgerName): Promise<boolean> {
  await lockRestated(tx);
  const next = await nextAnnouncement(tx.sql, ledger, await lastCompared(tx.sql, ledger));
  if (!next) return false;
  const restated = await restatedUpTo(tx.sql);
  if (next.tally.upTo.some(({ sender, seq }) => restated.get(sender)! < seq)) return false;
  await compare(tx, ledger, next);
  return true;
}

async function compare(tx: Tx, ledger: LedgerName, announced: Announcement): Promise<void> {
  const stretches = [];
  for (const { sender, seq } of announced.tally.upTo) {
    const after = await comparedUpTo(tx.sql, ledger, sender);
    // Numbers only grow; a ledger that was set back to an earlier moment is one that differs.
    stretches.push({ ledger, sender, after, upTo: Math.max(seq, after) });
  }
  for (const stretch of stretches) await addRestated(tx, stretch);
  await noteSaid(tx, ledger, announced);
  for (const stretch of stretches) {
    for (const difference of await markDiffering(tx, stretch)) await nameEvent(tx, difference);
  }
}
