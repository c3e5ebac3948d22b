import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ROLES_OF_KIND } from '#libs/auth';
import { idOf, isRejected } from '#libs/kernel';
import { INVITATIONS_PER_DAY_MAX } from '../limits.js';
import { IdentityWork } from '../identity.work.js';
import { findOrganisation, insertMembership, isMember, kindsOf } from '../organisation.store.js';
import { mailAccount, mailLink } from '../mail-links/mail-account.js';
import { invitedSince } from '../mail-links/mail-link.store.js';
import { MailLinkDesk } from '../mail-links/mail-link-desk.js';
import { NoticeSender } from '../send-notices/notice-sender.js';
import { findUserByEmail, hasPassword, insertUser, kindsOfMailbox, lockEmail } from '../user.store.js';
import { decideMember } from './add-member.decision.js';
import { AddMember } from './add-member.command.js';

const DAY_MS = 86_400_000;

@CommandHandler(AddMember)
export class AddMemberHandler implements ICommandHandler<AddMember> {
  constructor(private readonly work: IdentityWork, private readonly links: MailLinkDesk, private readonly sender: NoticeSender) {}

  async execute({ member, meta }: AddMember) {
    const { organisationId, email, name, roles } = member;
    const outcome = await this.work.once(meta, async (tx) => {
      await lockEmail(tx, email);
      const organisation = await findOrganisation(tx.sql, organisationId);
      const user = await findUserByEmail(tx.sql, email);
      const decided = decideMember({
        organisation: organisation && { organisationId, kind: organisation.kind, rolesAllowed: ROLES_OF_KIND[organisation.kind] },
        user, kinds: user ? await kindsOf(tx.sql, user.userId) : [],
        mailboxKinds: await kindsOfMailbox(tx.sql, email),
        isMember: user !== undefined && await isMember(tx.sql, user.userId, organisationId),
        roles,
        invited: organisation
          ? await invitedSince(tx.sql, { email, organisationName: organisation.name }, new Date(tx.now.getTime() - DAY_MS)) : 0,
        invitedMax: INVITATIONS_PER_DAY_MAX,
        caller: { userId: meta.callerId, organisationId: member.addedFrom },
      });
      if (isRejected(decided)) return decided;
      const userId = idOf('user', user?.userId ?? tx.newId());
      if (decided === 'new') await insertUser(tx, { userId, name, email });
      await insertMembership(tx, userId, organisation!, roles);
      const organisationName = organisation!.name;
      // Who has a password needs no link; who has none yet gets one that leads there, in the place of one before.
      if (await hasPassword(tx.sql, userId)) await mailAccount(tx, { notice: 'member_added', userId, organisationName });
      else await mailLink(tx, this.links, { userId, purpose: 'invitation', organisationName });
      return { userId };
    });
    this.sender.wake();
    return outcome;
  }
}
