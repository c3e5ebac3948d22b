import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { SignedIn } from '../authentication.js';
import type { ShownPasskey } from '../passkeys/passkey.store.js';
import type { RefusalCode } from '../refusals.js';

export class ShowPasskeys extends Query<readonly ShownPasskey[]> {
  constructor(readonly userId: string) {
    super();
  }
}

type Done = Readonly<{ passkeyId: string }> | Rejected<RefusalCode>;

export class NamePasskey extends Command<Done> {
  constructor(readonly signedIn: SignedIn, readonly named: Readonly<{ passkeyId: string; name: string }>, readonly correlationId: string) {
    super();
  }
}

/** It opens nothing any more; the sign-ins that stand on it end, but not the one at hand. */
export class EndPasskey extends Command<Done> {
  constructor(readonly signedIn: SignedIn, readonly passkeyId: string, readonly correlationId: string) {
    super();
  }
}
