import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { SignedIn } from '../authentication.js';
import type { NewCredential, PasskeyDesk } from '../passkeys/passkey-desk.js';

export type Creation = ReturnType<PasskeyDesk['creation']>;

/** What the device is asked. The caller has asked for the password again. */
export class BeginPasskey extends Command<Creation | Rejected> {
  constructor(readonly signedIn: SignedIn, readonly correlationId: string) {
    super();
  }
}

/** What the device answered: from now on it opens, and it has been shown in this sign-in. */
export class AddPasskey extends Command<Readonly<{ passkeyId: string }> | Rejected> {
  constructor(
    readonly signedIn: SignedIn, readonly made: Readonly<{ name: string; credential: NewCredential }>, readonly correlationId: string,
  ) {
    super();
  }
}
