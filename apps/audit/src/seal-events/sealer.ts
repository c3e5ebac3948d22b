// Gives events their place in the log. Never in the transaction that keeps them: writers would wait for one another, and
// a place given and rolled back would be a gap. Several processes may try; the lock lets one at a time.
import { AuditWork } from '../audit.work.js';
import { countUnsealed, hasWaiting, insertNodes, insertSealing, insertStretches, lastSealing, lockLog } from './seal.store.js';
import type { Tx } from '#libs/persistence';

export class Sealer {
  constructor(private readonly work: AuditWork) {}

  /** Pass after pass, until nothing waits or `isOver` says stop. What waits behind a missing number does not count. */
  async sealWhileWaiting(isOver: () => boolean): Promise<void> {
    if (!(await hasWaiting(this.work.client))) return;
    let sealed: number;
    do sealed = await this.pass(); while (sealed > 0 && !isOver());
  }

  /** What is here now, and no more: under load new events come as fast as a request seals. Returns how many it sealed. */
  async sealPresent(): Promise<number> {
    const present = await countUnsealed(this.work.client);
    let sealed = 0;
    for (let more = 1; more > 0 && sealed < present; sealed += more) more = await this.pass();
    return sealed;
  }

  private async pass(): Promise<number> {
    return await this.work.once({ kind: 'process', name: 'sealer', correlationId: 'audit-log' }, sealSome) as number;
  }
}

async function sealSome(tx: Tx): Promise<number> {
  await lockLog(tx);
  const { size: before } = await lastSealing(tx.sql);
  const sealed = await insertStretches(tx, before);
  if (sealed === 0) return 0;
  await insertNodes(tx, before, before + sealed);
  await insertSealing(tx, before, before + sealed);
  return sealed;
}
