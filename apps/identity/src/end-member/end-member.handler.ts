import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { endOpenLinks } from '../mail-links/mail-link.store.js';
import { endMembership, isActive, kindsOf, lockMembership, operatorWithout } from '../organisation.store.js';
import { EndMember } from './end-member.command.js';
import { decideEnd } from './end-member.decision.js';

@CommandHandler(EndMember)
export class EndMemberHandler implements ICommandHandler<EndMember> {
  constructor(private readonly work: IdentityWork) {}

  execute({ member: { userId, organisationId, askedFrom }, meta }: EndMember) {
    return this.work.once(meta, async (tx) => {
      const member = await lockMembership(tx, userId, organisationId);
      // A proposal that nobody confirmed counts for nobody yet.
      const left = member?.kind === 'operator' && await isActive(tx, member.membershipId) ? await operatorWithout(tx, organisationId, userId) : undefined;
      const decided = decideEnd({ member, callerId: meta.callerId, callerFrom: askedFrom, left });
      if (isRejected(decided)) return decided;
      await endMembership(tx, member!);
      // An invitation to nothing more is withdrawn with it.
      if ((await kindsOf(tx.sql, userId)).length === 0) await endOpenLinks(tx, userId, { purposes: ['invitation'], ending: 'withdrawn' });
      return { userId };
    });
  }
}
