import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { Authentication } from '../authentication.js';
import { IdentityWork } from '../identity.work.js';
import { mailAccount } from '../mail-links/mail-account.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import type { LinkPurpose } from '../mail-links/mail-link.decision.js';
import { endOpenLinks, useLink } from '../mail-links/mail-link.store.js';
import { lookAtLink, openLink } from '../mail-links/open-link.js';
import { kindsOf } from '../organisation.store.js';
import { endPasskeys } from '../passkeys/tell-passkey.js';
import type { RefusalCode } from '../refusals.js';
import { lockSecondFactor, secondFactorsOf } from '../second-factor/second-factor.store.js';
import { endSessions } from '../sessions/session.store.js';
import { NoticeSender } from '../send-notices/notice-sender.js';
import { setPassword, verifyEmail } from '../user.store.js';
import { ChoosePassword, LookAtLink } from './choose-password.command.js';
import { passkeysEnd } from './passkeys-end.decision.js';

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
      // Before sign-ins end: one that a passkey opens at this moment is waited for, and ends with the others.
      await this.endPasskeys(tx, userId, purpose);
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

  private async endPasskeys(tx: Tx, userId: string, purpose: LinkPurpose): Promise<void> {
    // One that is being added from a sign-in of before is added first and ends here, or finds its sign-in ended.
    await lockSecondFactor(tx, userId);
    const hasAuthenticator = (await secondFactorsOf(tx.sql, userId)).some(({ state }) => state === 'in_force');
    if (passkeysEnd({ purpose, kinds: await kindsOf(tx.sql, userId), hasAuthenticator })) await endPasskeys(tx, userId, userId);
  }
}

@QueryHandler(LookAtLink)
export class LookAtLinkHandler implements IQueryHandler<LookAtLink> {
  constructor(private readonly work: IdentityWork, private readonly links: MailLinkDesk) {}

  execute({ link: typed }: LookAtLink) {
    return lookAtLink(this.work, this.links, { typed, purposes: ['invitation', 'password', 'sign_in'] });
  }
}
