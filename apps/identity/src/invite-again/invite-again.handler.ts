import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { INVITATIONS_PER_DAY_MAX } from '../limits.js';
import { invitedSince } from '../mail-links/mail-link.store.js';
import { mailLink } from '../mail-links/mail-account.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import { findOrganisation, isMember } from '../organisation.store.js';
import { NoticeSender } from '../send-notices/notice-sender.js';
import { findUser, hasPassword, lockEmail } from '../user.store.js';
import { InviteAgain } from './invite-again.command.js';

const DAY_MS = 86_400_000;

@CommandHandler(InviteAgain)
export class InviteAgainHandler implements ICommandHandler<InviteAgain> {
  constructor(private readonly work: IdentityWork, private readonly links: MailLinkDesk, private readonly sender: NoticeSender) {}

  async execute({ member: { userId, organisationId, askedFrom }, meta }: InviteAgain) {
    const outcome = await this.work.once(meta, async (tx) => {
      const organisation = await findOrganisation(tx.sql, organisationId);
      const isTheirs = askedFrom === null || askedFrom === organisationId;
      if (!organisation || !isTheirs || !await isMember(tx.sql, userId, organisationId)) return reject('member_not_found');
      if (await hasPassword(tx.sql, userId)) return reject('invitation_over');
      const { email } = (await findUser(tx.sql, userId))!;
      await lockEmail(tx, email);
      const invited = await invitedSince(tx.sql, { email, organisationName: organisation.name }, new Date(tx.now.getTime() - DAY_MS));
      if (invited >= INVITATIONS_PER_DAY_MAX) return reject('invitations_too_many');
      await mailLink(tx, this.links, { userId, purpose: 'invitation', organisationName: organisation.name });
      return { userId };
    });
    this.sender.wake();
    return outcome;
  }
}
