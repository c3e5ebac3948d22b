import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { SignedIn } from '../authentication.js';
import type { RefusalCode } from '../refusals.js';
import type { OpenSession } from './session.store.js';

export class ShowSessions extends Query<readonly OpenSession[]> {
  constructor(readonly userId: string) {
    super();
  }
}

/** `sessionId`: one of the person's own; without it all but the one at hand. */
export class EndSessions extends Command<Readonly<{ ended: number }> | Rejected<RefusalCode>> {
  constructor(readonly signedIn: SignedIn, readonly sessionId: string | undefined, readonly correlationId: string) {
    super();
  }
}
