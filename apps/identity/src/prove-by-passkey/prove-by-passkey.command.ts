import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { SignedIn } from '../authentication.js';
import type { Assertion, PasskeyDesk } from '../passkeys/passkey-desk.js';
import type { RefusalCode } from '../refusals.js';

/** A passkey in the place of a code: from now on this sign-in has a second factor. */
export class ProveByPasskey extends Command<Readonly<{ proved: true }> | Rejected<RefusalCode>> {
  constructor(readonly signedIn: SignedIn, readonly assertion: Assertion, readonly correlationId: string) {
    super();
  }
}

/** What a device of this person is asked. Nothing is kept of it. */
export class AskForPasskey extends Query<ReturnType<PasskeyDesk['request']> | Rejected<RefusalCode>> {
  constructor(readonly signedIn: SignedIn) {
    super();
  }
}
