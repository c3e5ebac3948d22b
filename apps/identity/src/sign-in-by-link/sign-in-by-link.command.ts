import { Command } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** Uses the link up; whoever asked gets a session for its person. */
export class SignInByLink extends Command<Readonly<{ userId: string }> | Rejected<RefusalCode>> {
  constructor(readonly link: string, readonly correlationId: string) {
    super();
  }
}
