import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CheckpointPublishedV1 } from '#libs/contracts';
import { isRejected } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { CHECKPOINT_EVERY_MS } from '../limits.js';
import { consistencyPaths, rootAt } from '../merkle/tree.store.js';
import { lastSealing, lockLog, type Sealing } from '../seal-events/seal.store.js';
import { Sealer } from '../seal-events/sealer.js';
import { checkpointsBetween, insertCheckpoint, lastCheckpoint, lockCheckpoints, statementClosedBeyond } from './checkpoint.store.js';
import { LogAlarm } from './log-alarm.js';
import { Notary } from './notary.js';
import { PublishCheckpoint, type Published } from './publish-checkpoint.command.js';
import { decideCheckpoint } from './publish-checkpoint.decision.js';
import type { Checkpoint } from './signed-note.js';

/** Read from the table for the file at once; the rest follows at the next look. */
const FILED_AT_ONCE = 1_000;
/** SHA-256 of nothing: the root of a log without leaves (RFC 6962, 2.1). */
const ROOT_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

@CommandHandler(PublishCheckpoint)
export class PublishCheckpointHandler implements ICommandHandler<PublishCheckpoint> {
  constructor(
    private readonly work: AuditWork, private readonly sealer: Sealer, private readonly notary: Notary, private readonly alarm: LogAlarm,
  ) {}

  async execute({ meta, when }: PublishCheckpoint) {
    await this.sealer.sealPresent();
    const filed = await this.notary.file.last();
    const outcome = await this.work.once(meta, async (tx) => {
      await lockCheckpoints(tx);
      // The end of the log stays the end until this is signed.
      await lockLog(tx);
      const [head, last] = [await lastSealing(tx.sql), await lastCheckpoint(tx.sql)];
      const contradicted = await this.contradicted(tx.sql, head, [last, filed]);
      const isClosed = when === 'when due' && await statementClosedBeyond(tx.sql, last?.size ?? 0);
      const step = decideCheckpoint({ now: tx.now, everyMs: CHECKPOINT_EVERY_MS, when, size: head.size, last, isClosed, contradicted });
      if (isRejected(step)) return step;
      if (step === 'sign') return { ...await this.sign(tx, head, last), isNew: true };
      return step === 'last stands' ? { ...last!, isNew: false } : null;
    });
    await this.file();
    if (isRejected(outcome) && outcome.code === 'checkpoint_contradicted') await this.alarm.contradicted(Number(outcome.details?.['size']));
    return outcome;
  }

  /**
   * A superuser can rewrite every row, but cannot sign. So before the next signature the last one is asked, in the
   * table and in the file: its root has to be the root that the tree has at its size today.
   */
  private async contradicted(sql: Sql, head: Sealing, earlier: readonly (Checkpoint | undefined)[]): Promise<number | undefined> {
    for (const checkpoint of earlier) {
      if (!checkpoint) continue;
      const stands = this.notary.isOurs(checkpoint) && checkpoint.size <= head.size
        && (await rootAt(sql, checkpoint.size)).toString('hex') === checkpoint.root;
      if (!stands) return checkpoint.size;
    }
    return undefined;
  }

  private async sign(tx: Tx, { size, root }: Sealing, last: Checkpoint | undefined): Promise<Omit<Published, 'isNew'>> {
    const signed = this.notary.sign({ size, root, at: tx.now });
    const { time, origin, keyId, signature } = signed;
    const [path] = last ? await consistencyPaths(tx.sql, [{ from: last.size, to: size }]) : [];
    const follows = { size: last?.size ?? 0, root: last?.root ?? ROOT_OF_NOTHING, path: path ?? [] };
    const eventId = await tx.emit(CheckpointPublishedV1, { subject: `checkpoint:${size}`, body: { size, root, time, origin, keyId, signature, follows } });
    await insertCheckpoint(tx, signed, eventId);
    return signed;
  }

  private async file(): Promise<void> {
    const { file } = this.notary;
    const filed = await file.last();
    await file.append(await checkpointsBetween(this.work.client, filed?.size ?? 0, Number.MAX_SAFE_INTEGER, FILED_AT_ONCE));
  }
}
