import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Mandates } from '#libs/auth';
import { dayIn, isRejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { MEMBERSHIPS_MAX, OPERATOR_TIME_ZONE } from '../limits.js';
import { mandatesOn } from '../mandates/mandate.decision.js';
import { givenMandates } from '../mandates/mandate.store.js';
import { membershipsOf } from '../organisation.store.js';
import { seeSession } from '../sessions/session.store.js';
import { methodsOf, secondFactorAt } from '../second-factor/proof.decision.js';
import { hasSecondFactor, proofsIn } from '../second-factor/proof.store.js';
import { askSecondFactor } from './ask-second-factor.decision.js';
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
    const proofs = await proofsIn(this.work.client, signedIn.sessionId);
    const secondFactor = secondFactorAt(proofs);
    const hasFactor = await hasSecondFactor(this.work.client, signedIn.userId);
    const asked = askSecondFactor(membership.kind, { proved: secondFactor !== undefined, hasFactor });
    if (asked) return asked;
    const mandates = membership.kind === 'auditor' ? await this.mandates(membership.organisationId) : undefined;
    const signed = await this.signer.sign({
      userId: signedIn.userId, name: signedIn.name, organisationId: membership.organisationId, organisationKind: membership.kind,
      partyId: membership.partyId, roles: membership.roles, amr: methodsOf(proofs),
      authTime: seconds(signedIn.signedInAt), secondFactorTime: secondFactor ? seconds(secondFactor) : null,
      endsWith: [signedIn.sessionId, membership.membershipId, ...(mandates?.inForce ?? []).map(({ mandateId }) => mandateId)],
      ...(mandates && { mandates }),
    });
    await seeSession(this.work.client, signedIn.sessionId);
    return { signed, membership, memberships };
  }

  private async mandates(organisationId: string): Promise<Mandates> {
    const now = this.work.settings.clock.override() ?? new Date();
    return mandatesOn(await givenMandates(this.work.client, organisationId), dayIn(OPERATOR_TIME_ZONE, now));
  }
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
