// Tells the database each second what this process counted, and learns what others did. When the database is away tills go on:
// the limits stay in memory, and what could not be told is told later.
import { RedemptionWork } from '../redemption.work.js';
import { TILL_COUNTS_KEPT_MINUTES } from '../limits.js';
import { raiseAlarms } from '../till-alarms/till-alarm.store.js';
import type { DeviceUse, DeviceUses } from './device-uses.js';
import { addCounts, dropCounts, readCounts, tellUses } from './till-count.store.js';
import type { SubjectCount, TillLimits } from './till-limits.js';

const MINUTE_MS = 60_000;
const KEPT_MS = TILL_COUNTS_KEPT_MINUTES * MINUTE_MS;
const ORIGIN = { actor: { kind: 'system', id: 'till-counts' }, correlationId: 'till-counts', causationId: null } as const;

const minuteOf = (at: Date): number => at.getTime() - (at.getTime() % MINUTE_MS);

export class TillCounts {
  private hasRead = false;

  constructor(private readonly limits: TillLimits, private readonly uses: DeviceUses, private readonly work: RedemptionWork) {}

  isIdle(): boolean {
    return !this.limits.hasPending() && !this.uses.hasPending();
  }

  /**
   * Throws when the database does not answer. When it is only the answer to the commit that was lost, what was told is told
   * twice: limits and alarms are then early by that much, and no money is about it.
   */
  async flush(): Promise<void> {
    const told = this.limits.takePending();
    const used = this.uses.take();
    try {
      const { rows, minuteMs } = await this.exchange(told, used);
      this.limits.learn(rows, told, minuteMs);
      this.hasRead = true;
    } catch (error) {
      this.limits.giveBack(told);
      for (const use of used) this.uses.note(use);
      throw error;
    }
  }

  private exchange(told: readonly SubjectCount[], used: readonly DeviceUse[]) {
    return this.work.transaction(ORIGIN, async (tx) => {
      const minuteMs = minuteOf(tx.now);
      if (told.length > 0) {
        await addCounts(tx, new Date(minuteMs), told);
        await dropCounts(tx, new Date(minuteMs - KEPT_MS));
        await raiseAlarms(tx, told.flatMap(({ subject, unknown }) => (unknown > 0 ? [subject] : [])));
      }
      if (used.length > 0) await tellUses(tx, used);
      // Of the minute before, a process that is a little behind may still tell.
      const rows = await readCounts(tx, new Date(minuteMs - (this.hasRead ? MINUTE_MS : KEPT_MS)));
      return { rows, minuteMs };
    });
  }
}
