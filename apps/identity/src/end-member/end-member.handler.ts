import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { endOpenLinks } from '../mail-links/mail-link.store.js';
import { endMembership, isActive, kindsOf, lockMembership, operatorWithout } from '../organisation.store.js';
import { endPasskeys } from '../passkeys/tell-passkey.js';
import { lockSecondFactor } from '../second-factor/second-factor.store.js';
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
      // Of two who end two memberships of one person at a time the second sees what the first did.
      await lockSecondFactor(tx, userId);
      if ((await kindsOf(tx.sql, userId)).length === 0) await this.leaveNothing(tx, userId, meta.callerId);
      return { userId };
    });
  }

  /** An invitation to nothing more is withdrawn, and nobody keeps the keys of a house that they have left. */
  private async leaveNothing(tx: Tx, userId: string, callerId: string): Promise<void> {
    await endOpenLinks(tx, userId, { purposes: ['invitation'], ending: 'withdrawn' });
    await endPasskeys(tx, userId, callerId);
  }
}
