import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IdentityWork } from '../identity.work.js';
import { LINKS_PER_HOUR_MAX } from '../limits.js';
import { mailLinkAgain } from '../mail-links/mail-account.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import { toldSince } from '../mail-links/mail-link.store.js';
import { NoticeSender } from '../send-notices/notice-sender.js';
import { findUserByEmail, hasPassword, lockEmail } from '../user.store.js';
import { AskLink } from './ask-link.command.js';

const HOUR_MS = 3_600_000;
/** Asked for by anybody who knows the address; invitations are of people who may. */
const ASKED = ['password_forgotten', 'sign_in_asked'] as const;

@CommandHandler(AskLink)
export class AskLinkHandler implements ICommandHandler<AskLink> {
  constructor(private readonly work: IdentityWork, private readonly links: MailLinkDesk, private readonly sender: NoticeSender) {}

  async execute({ asked: { email, purpose }, correlationId }: AskLink): Promise<void> {
    await this.work.once({ kind: 'process', name: 'ask-link', correlationId }, async (tx) => {
      await lockEmail(tx, email);
      const user = await findUserByEmail(tx.sql, email);
      // Who was invited and has chosen nothing yet is helped by the link of the invitation, and may choose a password by this one.
      if (!user || (purpose === 'sign_in' && !await hasPassword(tx.sql, user.userId))) return;
      if (await toldSince(tx.sql, user.userId, ASKED, new Date(tx.now.getTime() - HOUR_MS)) >= LINKS_PER_HOUR_MAX) return;
      await mailLinkAgain(tx, this.links, { userId: user.userId, purpose });
    });
    this.sender.wake();
  }
}
