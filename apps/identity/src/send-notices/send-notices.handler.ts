import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Tx } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { isDeclined, type Notice, type Party } from './notice.decision.js';
import { insertMail, insertOutcome, insertParty, keepNotice, knownParty, readersOf } from './notice.store.js';
import { NoticeSender } from './notice-sender.js';
import { MeanNotice } from './send-notices.command.js';

@CommandHandler(MeanNotice)
export class MeanNoticeHandler implements ICommandHandler<MeanNotice> {
  constructor(private readonly work: IdentityWork, private readonly sender: NoticeSender) {}

  async execute({ notice, meta }: MeanNotice): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const noticeId = await keepNotice(tx, notice);
      for (const party of notice.parties) await meanFor(tx, { noticeId, notice, party });
    });
    this.sender.wake();
  }
}

async function meanFor(tx: Tx, { noticeId, notice, party }: Readonly<{ noticeId: string; notice: Notice; party: Party }>): Promise<void> {
  const known = await knownParty(tx.sql, party);
  if (!known) return;
  const readers = await readersOf(tx.sql, known);
  // Told before, for another batch of the vintage or by a message that came again: whoever joined since is not told of what was told then.
  if (!await insertParty(tx, noticeId, known, readers.length)) return;
  for (const reader of readers) {
    const mailId = await insertMail(tx, noticeId, party.kind, reader);
    if (mailId && isDeclined(notice.notice, reader)) await insertOutcome(tx, mailId, { outcome: 'declined' });
  }
}
