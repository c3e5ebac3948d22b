import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { insertConfirmation, lockProposedMember } from '../organisation.store.js';
import { ConfirmMember } from './confirm-member.command.js';
import { decideConfirmation } from './confirm-member.decision.js';

@CommandHandler(ConfirmMember)
export class ConfirmMemberHandler implements ICommandHandler<ConfirmMember> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId, organisationId, rolesRead, meta }: ConfirmMember) {
    return this.work.once(meta, async (tx) => {
      const decided = decideConfirmation(await lockProposedMember(tx, userId, organisationId), meta.callerId, rolesRead);
      if (isRejected(decided)) return decided;
      await insertConfirmation(tx, userId, organisationId, meta.callerId);
      return { userId };
    });
  }
}
