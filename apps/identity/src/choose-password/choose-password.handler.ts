import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import { Authentication } from '../authentication.js';
import { IdentityWork } from '../identity.work.js';
import { mailAccount } from '../mail-links/mail-account.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import { endOpenLinks, useLink } from '../mail-links/mail-link.store.js';
import { lookAtLink, openLink } from '../mail-links/open-link.js';
import type { RefusalCode } from '../refusals.js';
import { endSessions } from '../sessions/session.store.js';
import { NoticeSender } from '../send-notices/notice-sender.js';
import { setPassword, verifyEmail } from '../user.store.js';
import { ChoosePassword, LookAtLink } from './choose-password.command.js';

const PURPOSES = ['invitation', 'password'] as const;
type Chosen = Readonly<{ userId: string; email: string }>;

@CommandHandler(ChoosePassword)
export class ChoosePasswordHandler implements ICommandHandler<ChoosePassword> {
  constructor(
    private readonly work: IdentityWork, private readonly authentication: Authentication, private readonly links: MailLinkDesk,
    private readonly sender: NoticeSender,
  ) {}

  async execute({ link: typed, password, correlationId }: ChoosePassword) {
    // A hash is made to be slow: not for a link that opens nothing, and not in a transaction.
    const looked = await lookAtLink(this.work, this.links, { typed, purposes: PURPOSES });
    if (isRejected(looked)) return looked;
    const passwordHash = await this.authentication.hash(password);
    const meta = { kind: 'process', name: 'choose-password', correlationId, actor: { kind: 'user', id: looked.userId } } as const;
    const outcome = await this.work.once<Chosen | Rejected<RefusalCode>>(meta, async (tx) => {
      const link = await openLink(tx, this.links, { typed, purposes: PURPOSES });
      if (isRejected(link)) return link;
      const { userId, email, purpose } = link;
      await useLink(tx, link.linkId);
      await setPassword(tx, userId, passwordHash);
      // Whoever is signed in by the password of before is so no more.
      await endSessions(tx, userId);
      await verifyEmail(tx, userId);
      // Whoever could open other mails of this person must not undo what was chosen just now.
      await endOpenLinks(tx, userId, { purposes: ['invitation', 'password', 'sign_in'], ending: 'replaced' });
      if (purpose === 'password') await mailAccount(tx, { notice: 'password_changed', userId });
      return { userId, email };
    });
    this.sender.wake();
    return outcome as Chosen | Rejected<RefusalCode>;
  }
}

@QueryHandler(LookAtLink)
export class LookAtLinkHandler implements IQueryHandler<LookAtLink> {
  constructor(private readonly work: IdentityWork, private readonly links: MailLinkDesk) {}

  execute({ link: typed }: LookAtLink) {
    return lookAtLink(this.work, this.links, { typed, purposes: ['invitation', 'password', 'sign_in'] });
  }
}
