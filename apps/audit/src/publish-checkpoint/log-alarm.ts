// A log that contradicts what was signed is an alarm like any broken invariant: settlement is told, and lets no money go until
// people have looked. The invariants in the database see the table; only here is the file beside it seen, too.
import { InvariantBrokenV1 } from '#libs/contracts';
import type { AuditWork } from '../audit.work.js';
import { CONTRADICTION_TOLD_EVERY_MS } from '../limits.js';

export class LogAlarm {
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly work: AuditWork) {}

  /** At once, and then every ten minutes while it stays so, for whoever lifted the stop too early. */
  async contradicted(size: number): Promise<void> {
    if (performance.now() - this.toldAt < CONTRADICTION_TOLD_EVERY_MS) return;
    await this.work.once({ kind: 'process', name: 'checkpoints', correlationId: 'audit-log' }, async (tx) => {
      await tx.emit(InvariantBrokenV1, {
        subject: 'invariant:A5',
        body: {
          invariant: 'A5', holds: 'each checkpoint that was signed, in the table and in the file beside it, says the root that the log has at its size',
          rowNamed: `checkpoint:${size}`, detail: 'the log is not the one that was signed; no checkpoint is signed over it', foundAt: tx.now.toISOString(),
        },
      });
      return null;
    });
    this.toldAt = performance.now();
  }
}
