import { Command, Query } from '@nestjs/cqrs';
import type { KeyScope, OrganisationKind } from '#libs/auth';
import type { Rejected } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { SignedToken } from '../issue-token/token-signer.js';
import type { RefusalCode } from '../refusals.js';
import type { ListedKey } from './api-key.store.js';

export type ApiKeyAsked = Readonly<{
  organisationId: string; kind: OrganisationKind; label: string; scopes: readonly KeyScope[]; /** How long it is good. */ days: number;
}>;
/** `key` is null where the same command came again: what was shown once is not had a second time. */
export type MadeKey = Readonly<{ keyId: string; prefix: string; expiresAt: string; key: string | null }>;

export class MakeApiKey extends Command<MadeKey | Rejected<RefusalCode> | KeyReused> {
  constructor(readonly asked: ApiKeyAsked, readonly meta: RequestMeta) {
    super();
  }
}

export class EndApiKey extends Command<Readonly<{ keyId: string }> | Rejected<RefusalCode> | KeyReused> {
  /** `askedFrom`: null for the operator, who answers for every organisation. */
  constructor(readonly keyId: string, readonly askedFrom: string | null, readonly meta: RequestMeta) {
    super();
  }
}

export class ListApiKeys extends Query<readonly ListedKey[]> {
  constructor(readonly organisationId: string) {
    super();
  }
}

/** `whose`: told also where it is refused, where the key was right: its organisation reads of it. */
export type Exchanged = Readonly<{
  whose?: Readonly<{ keyId: string; partyId: string }>;
  outcome: (SignedToken & Readonly<{ scopes: readonly KeyScope[] }>) | Rejected<RefusalCode>;
}>;

export class ExchangeApiKey extends Command<Exchanged> {
  constructor(readonly brought: string) {
    super();
  }
}
