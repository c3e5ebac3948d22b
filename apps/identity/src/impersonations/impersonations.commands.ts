import { Command, Query } from '@nestjs/cqrs';
import type { Role } from '#libs/auth';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { SignedIn } from '../authentication.js';
import type { SignedToken } from '../issue-token/token-signer.js';
import type { RefusalCode } from '../refusals.js';
import type {
  FoundImpersonation, ImpersonationFilter, ImpersonationReadingRow, ImpersonationRow, NamedOrganisation, ReadingCursor,
} from './impersonation.store.js';

export type BegunImpersonation = Readonly<{ impersonationId: string; expiresAt: string }>;

export class BeginImpersonation extends Command<BegunImpersonation | Rejected<RefusalCode> | KeyReused> {
  /** `endsWith`: what the token of the helper stands on. */
  constructor(
    readonly asked: Readonly<{ organisationId: string; role: Role; reason: string; minutes: number }>, readonly endsWith: readonly string[],
    readonly meta: RequestMeta,
  ) {
    super();
  }
}

export class EndImpersonation extends Command<Readonly<{ impersonationId: string }> | Rejected<RefusalCode>> {
  constructor(readonly impersonationId: string, readonly signedIn: SignedIn, readonly correlationId: string) {
    super();
  }
}

export type ImpersonationToken = Readonly<{ signed: SignedToken; impersonation: FoundImpersonation }>;

export class IssueImpersonationToken extends Query<ImpersonationToken | Rejected<RefusalCode>> {
  constructor(readonly impersonationId: string, readonly signedIn: SignedIn) {
    super();
  }
}

export class ListImpersonations extends Query<readonly ImpersonationRow[]> {
  constructor(readonly filter: ImpersonationFilter, readonly limit: number, readonly below: string | null) {
    super();
  }
}

export class ListImpersonationReadings extends Query<readonly ImpersonationReadingRow[]> {
  /** `organisationId`: whose the impersonation has to be; null for the operator. */
  constructor(
    readonly impersonationId: string, readonly organisationId: string | null,
    readonly page: Readonly<{ limit: number; after: ReadingCursor | null }>,
  ) {
    super();
  }
}

export class FindOrganisations extends Query<readonly NamedOrganisation[]> {
  constructor(readonly named: string) {
    super();
  }
}
