import { Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { SignedIn } from '../authentication.js';
import type { Membership } from '../organisation.store.js';
import type { RefusalCode } from '../refusals.js';
import type { SignedToken } from './token-signer.js';

export type Issued = Readonly<{ signed: SignedToken; membership: Membership; memberships: readonly Membership[] }>;

/** A question, not a command: every answer is a new token, and nothing of it is kept but when the sign-in was last seen. */
export class IssueToken extends Query<Issued | Rejected<RefusalCode>> {
  constructor(readonly signedIn: SignedIn, readonly organisationId: string | undefined) {
    super();
  }
}
