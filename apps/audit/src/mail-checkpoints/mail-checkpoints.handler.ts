// A checkpoint proves something only in hands that are not ours, so each day the newest one leaves by mail. Killed between the
// server's answer and the commit, it leaves again under the same Message-ID.
import { createHash } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Mail } from '#libs/mail';
import type { Tx } from '#libs/persistence';
import type { ServiceSettings } from '#libs/service';
import { AuditWork } from '../audit.work.js';
import { consistencyPaths } from '../merkle/tree.store.js';
import { lastCheckpoint } from '../publish-checkpoint/checkpoint.store.js';
import { checkpointWords } from './checkpoint-words.js';
import { insertMailed, lockReader, sizeMailedBefore, wasMailed } from './checkpoint-mail.store.js';
import { MailCheckpoints } from './mail-checkpoints.command.js';

/** What Nest cannot know by a class: who reads, and how mail leaves. */
export class CheckpointPost {
  constructor(readonly settings: Pick<ServiceSettings, 'mail' | 'checkpointReaders' | 'baseUrl' | 'log'>) {}
}

@CommandHandler(MailCheckpoints)
export class MailCheckpointsHandler implements ICommandHandler<MailCheckpoints> {
  constructor(private readonly work: AuditWork, private readonly post: CheckpointPost) {}

  /** One reader whom the server refuses, or cannot be asked about, keeps nothing from the others. */
  async execute(): Promise<number> {
    const { mail, checkpointReaders = [], log } = this.post.settings;
    let sent = 0;
    for (const address of mail ? checkpointReaders : []) {
      try {
        if (await this.work.once(META, (tx) => this.send(tx, mail!, address)) === 'sent') sent += 1;
      } catch (error) {
        log.error({ err: error }, 'a checkpoint could not be mailed; tried again within a minute');
      }
    }
    return sent;
  }

  private async send(tx: Tx, mail: Mail, address: string): Promise<'sent' | 'nothing to send'> {
    const to = { day: tx.now.toISOString().slice(0, 10), addressSha256: createHash('sha256').update(address.toLowerCase()).digest('hex') };
    await lockReader(tx, to);
    const checkpoint = await lastCheckpoint(tx.sql);
    if (!checkpoint || await wasMailed(tx, to)) return 'nothing to send';
    const { size } = checkpoint;
    const from = await sizeMailedBefore(tx, to);
    const before = from === undefined ? null : { size: from, path: (await consistencyPaths(tx.sql, [{ from, to: size }]))[0]! };
    const words = checkpointWords({ checkpoint, before, baseUrl: this.post.settings.baseUrl });
    const answer = await mail.send({ to: address, ...words, idempotencyKey: `checkpoint:${to.day}:${to.addressSha256}` });
    const isTaken = answer.kind === 'taken';
    await insertMailed(tx, to, { size, messageId: isTaken ? answer.messageId : null, refusal: isTaken ? null : answer.code });
    return isTaken ? 'sent' : 'nothing to send';
  }
}

const META = { kind: 'process', name: 'checkpoint-mail', correlationId: 'audit-log' } as const;
