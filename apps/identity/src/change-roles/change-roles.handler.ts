import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ROLES_OF_KIND } from '#libs/auth';
import { isRejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { endMembership, findOrganisation, insertMembership, lockMembership } from '../organisation.store.js';
import { ChangeRoles } from './change-roles.command.js';
import { decideRoles } from './change-roles.decision.js';

@CommandHandler(ChangeRoles)
export class ChangeRolesHandler implements ICommandHandler<ChangeRoles> {
  constructor(private readonly work: IdentityWork) {}

  /** Another membership in the place of the one before: tokens with the roles of before end within seconds. */
  execute({ member: { userId, organisationId, askedFrom }, roles, meta }: ChangeRoles) {
    return this.work.once(meta, async (tx) => {
      const member = await lockMembership(tx, userId, organisationId);
      const rolesAllowed = member ? ROLES_OF_KIND[member.kind] : [];
      const decided = decideRoles({ member, callerId: meta.callerId, callerFrom: askedFrom, rolesAllowed, roles });
      if (isRejected(decided)) return decided;
      await endMembership(tx, member!);
      await insertMembership(tx, userId, (await findOrganisation(tx.sql, organisationId))!, roles);
      return { userId };
    });
  }
}
