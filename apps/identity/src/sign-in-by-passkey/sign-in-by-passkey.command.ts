import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { Assertion } from '../passkeys/passkey-desk.js';
import type { Taken } from '../passkeys/take-answer.js';
import type { RefusalCode } from '../refusals.js';

/** Takes the answer of a device once; whoever brought it gets one session for its person. */
export class SignInByPasskey extends Command<Taken | Rejected<RefusalCode>> {
  constructor(readonly assertion: Assertion, readonly correlationId: string) {
    super();
  }
}
