import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { MEMBERSHIPS_MAX } from '../limits.js';
import { membershipsOf } from '../organisation.store.js';
import { secondFactorAt } from '../second-factor/second-factor.store.js';
import { chooseMembership } from './choose-membership.decision.js';
import { IssueToken } from './issue-token.query.js';
import { TokenSigner } from './token-signer.js';

@QueryHandler(IssueToken)
export class IssueTokenHandler implements IQueryHandler<IssueToken> {
  constructor(private readonly work: IdentityWork, private readonly signer: TokenSigner) {}

  async execute({ signedIn, organisationId }: IssueToken) {
    const memberships = await membershipsOf(this.work.client, signedIn.userId, MEMBERSHIPS_MAX);
    const membership = chooseMembership(memberships, organisationId);
    if (isRejected(membership)) return membership;
    const secondFactor = await secondFactorAt(this.work.client, signedIn.sessionId);
    const signed = await this.signer.sign({
      userId: signedIn.userId, name: signedIn.name, organisationId: membership.organisationId, organisationKind: membership.kind,
      partyId: membership.partyId, roles: membership.roles, amr: secondFactor ? ['pwd', 'otp'] : ['pwd'],
      authTime: seconds(signedIn.signedInAt), secondFactorTime: secondFactor ? seconds(secondFactor) : null,
    });
    return { signed, membership, memberships };
  }
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
