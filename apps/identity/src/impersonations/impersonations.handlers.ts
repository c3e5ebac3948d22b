import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IMPERSONATED_KINDS, ROLES_OF_KIND } from '#libs/auth';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { TokenSigner } from '../issue-token/token-signer.js';
import { ORGANISATIONS_FOUND_MAX } from '../limits.js';
import { findOrganisation } from '../organisation.store.js';
import type { RefusalCode } from '../refusals.js';
import { NoticeSender } from '../send-notices/notice-sender.js';
import { tellOrganisation } from '../send-notices/tell-organisation.js';
import { decideImpersonation, decideImpersonationEnd, decideImpersonationUse } from './impersonation.decision.js';
import {
  endImpersonations, findImpersonation, hasOpenImpersonation, insertImpersonation, listImpersonationReadings, listImpersonations,
  organisationsNamed, standing,
} from './impersonation.store.js';
import {
  BeginImpersonation, EndImpersonation, FindOrganisations, IssueImpersonationToken, ListImpersonationReadings, ListImpersonations,
} from './impersonations.commands.js';

@CommandHandler(BeginImpersonation)
export class BeginImpersonationHandler implements ICommandHandler<BeginImpersonation> {
  constructor(private readonly work: IdentityWork, private readonly sender: NoticeSender) {}

  async execute({ asked, endsWith, meta }: BeginImpersonation) {
    const outcome = await this.work.once(meta, async (tx) => {
      const hasOpen = await hasOpenImpersonation(tx, meta.callerId);
      const organisation = await findOrganisation(tx.sql, asked.organisationId);
      const decided = decideImpersonation({
        organisation: organisation && {
          looksAs: IMPERSONATED_KINDS.find((kind) => kind === organisation.kind), partyId: organisation.partyId,
          rolesAllowed: ROLES_OF_KIND[organisation.kind],
        },
        role: asked.role, hasOpen,
      });
      if (isRejected(decided)) return decided;
      const own = await standing(tx.sql, meta.callerId, endsWith);
      // The sign-in or the membership ended while the request was under way.
      if (!own) return reject('impersonation_over');
      const impersonationId = tx.newId();
      const expiresAt = await insertImpersonation(tx, { ...asked, ...own, impersonationId, userId: meta.callerId, kind: decided.of });
      await tellOrganisation(tx, { notice: 'impersonation_begun', organisationId: asked.organisationId, impersonationId });
      return { impersonationId, expiresAt: expiresAt.toISOString() };
    });
    this.sender.wake();
    return outcome;
  }
}

@CommandHandler(EndImpersonation)
export class EndImpersonationHandler implements ICommandHandler<EndImpersonation> {
  constructor(private readonly work: IdentityWork) {}

  execute({ impersonationId, signedIn: { userId }, correlationId }: EndImpersonation) {
    const meta = { kind: 'process', name: 'impersonations', correlationId, actor: { kind: 'user', id: userId } } as const;
    return this.work.once<Readonly<{ impersonationId: string }> | Rejected<RefusalCode>>(meta, async (tx) => {
      const held = await findImpersonation(tx.sql, impersonationId);
      const decided = decideImpersonationEnd(held, { userId, now: held?.now ?? tx.now });
      if (isRejected(decided)) return decided;
      // None where another request ended it in this moment.
      const ended = await endImpersonations(tx, { only: impersonationId }, 'person');
      return ended === 1 ? { impersonationId } : reject('impersonation_over');
    }) as Promise<Readonly<{ impersonationId: string }> | Rejected<RefusalCode>>;
  }
}

@QueryHandler(IssueImpersonationToken)
export class IssueImpersonationTokenHandler implements IQueryHandler<IssueImpersonationToken> {
  constructor(private readonly work: IdentityWork, private readonly signer: TokenSigner) {}

  async execute({ impersonationId, signedIn: { userId, name, sessionId } }: IssueImpersonationToken) {
    const found = await findImpersonation(this.work.client, impersonationId);
    const held = decideImpersonationUse(found, { userId, sessionId, now: found?.now ?? new Date() });
    if (isRejected(held)) return held;
    const { organisationId, kind, partyId, role, membershipId, expiresAt } = held;
    const signed = await this.signer.signImpersonation({
      impersonationId, userId, name, organisationId, organisationKind: kind, partyId, roles: [role],
      endsWith: [sessionId, membershipId, impersonationId],
    }, expiresAt);
    return { signed, impersonation: held };
  }
}

@QueryHandler(ListImpersonations)
export class ListImpersonationsHandler implements IQueryHandler<ListImpersonations> {
  constructor(private readonly work: IdentityWork) {}

  execute({ filter, limit, below }: ListImpersonations) {
    return listImpersonations(this.work.client, filter, limit, below);
  }
}

@QueryHandler(ListImpersonationReadings)
export class ListImpersonationReadingsHandler implements IQueryHandler<ListImpersonationReadings> {
  constructor(private readonly work: IdentityWork) {}

  execute({ impersonationId, organisationId, page: { limit, after } }: ListImpersonationReadings) {
    return listImpersonationReadings(this.work.client, impersonationId, organisationId, limit, after);
  }
}

@QueryHandler(FindOrganisations)
export class FindOrganisationsHandler implements IQueryHandler<FindOrganisations> {
  constructor(private readonly work: IdentityWork) {}

  execute({ named }: FindOrganisations) {
    return organisationsNamed(this.work.client, named, ORGANISATIONS_FOUND_MAX);
  }
}
