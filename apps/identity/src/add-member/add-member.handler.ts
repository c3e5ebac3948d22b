import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ROLES_OF_KIND } from '#libs/auth';
import { idOf, isRejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { findOrganisation, insertMembership, isMember, kindsOf } from '../organisation.store.js';
import { findUserByEmail, insertUser, lockEmail } from '../user.store.js';
import { decideMember } from './add-member.decision.js';
import { AddMember } from './add-member.command.js';

@CommandHandler(AddMember)
export class AddMemberHandler implements ICommandHandler<AddMember> {
  constructor(private readonly work: IdentityWork) {}

  execute({ member, meta }: AddMember) {
    const { organisationId, email, name, roles, passwordHash } = member;
    return this.work.once(meta, async (tx) => {
      await lockEmail(tx, email);
      const organisation = await findOrganisation(tx.sql, organisationId);
      const user = await findUserByEmail(tx.sql, email);
      const decided = decideMember({
        organisation: organisation && { kind: organisation.kind, rolesAllowed: ROLES_OF_KIND[organisation.kind] },
        user, kinds: user ? await kindsOf(tx.sql, user.userId) : [],
        isMember: user !== undefined && await isMember(tx.sql, user.userId, organisationId),
        roles, hasPassword: passwordHash !== undefined, callerId: meta.callerId,
      });
      if (isRejected(decided)) return decided;
      const userId = idOf('user', user?.userId ?? tx.newId());
      if (decided === 'new') await insertUser(tx, { userId, name, email }, passwordHash!);
      await insertMembership(tx, userId, organisation!, roles);
      return { userId };
    });
  }
}
