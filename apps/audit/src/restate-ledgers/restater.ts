// Restates the ledgers behind the sealer, from one event to the next. Killed anywhere it goes on where it was: a stretch of events, its
// transfers and the position are one transaction.
import { restate, type RestatedTransfer } from '#libs/restated-ledger';
import type { Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { RESTATED_PER_PASS } from '../limits.js';
import { programmeOf } from './programme-of.decision.js';
import {
  insertRestated, keepBatches, knownBatches, LEDGERS, lockRestated, readEvents, restatedUpTo, saveRestatedUpTo, sealedUpTo,
  type LedgerName, type NewRestated, type SealedEvent, type Stretch,
} from './restated.store.js';

const META = { kind: 'process', name: 'restater', correlationId: 'restated-ledgers' } as const;

export class Restater {
  constructor(private readonly work: AuditWork) {}

  /** Until nothing sealed is left, or what is left waits for another sender, or `isOver` says stop. Answers how many numbers it passed. */
  async restateSealed(isOver: () => boolean = () => false): Promise<number> {
    let passed = 0;
    for (let more = 1; more > 0 && !isOver(); passed += more) more = await this.work.once(META, restateSome) as number;
    return passed;
  }
}

async function restateSome(tx: Tx): Promise<number> {
  await lockRestated(tx);
  const reached = await restatedUpTo(tx.sql);
  let passed = 0;
  for (const sender of LEDGERS) {
    const after = reached.get(sender)!;
    const upTo = Math.min(await sealedUpTo(tx.sql, sender), after + RESTATED_PER_PASS);
    if (upTo > after) passed += await restateStretch(tx, sender, { after, upTo });
  }
  return passed;
}

async function restateStretch(tx: Tx, sender: LedgerName, stretch: Stretch): Promise<number> {
  const events = await readEvents(tx.sql, sender, stretch);
  await keepBatches(tx, events);
  const restated = events.map((event) => ({ event, transfers: restate(event) }));
  const known = await knownBatches(tx.sql, restated.flatMap(({ transfers }) => transfers));
  const rows: NewRestated[] = [];
  for (const { event, transfers } of restated) {
    const own = transfers.map((transfer, line) => rowOf(event, transfer, line, programmeOf(transfer, known)));
    // It speaks of a batch whose event is not here yet, or not sealed: those before it count.
    if (own.some(({ programme }) => programme === 'untold')) return close(tx, sender, rows, { after: stretch.after, upTo: Number(event.seq) - 1 });
    rows.push(...own);
  }
  return close(tx, sender, rows, stretch);
}

const rowOf = ({ sender, seq, occurredAt }: SealedEvent, transfer: RestatedTransfer, line: number, programme: string): NewRestated =>
  ({ ...transfer, sender: sender as LedgerName, seq, line, programme, occurredAt });

async function close(tx: Tx, sender: LedgerName, rows: readonly NewRestated[], { after, upTo }: Stretch): Promise<number> {
  await insertRestated(tx, rows);
  if (upTo > after) await saveRestatedUpTo(tx, sender, upTo);
  return upTo - after;
}
