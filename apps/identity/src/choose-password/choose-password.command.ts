import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { MailLink } from '../mail-links/mail-link.decision.js';
import type { RefusalCode } from '../refusals.js';

/** By the link of an invitation or of a forgotten password; nobody else ever chooses it. */
export class ChoosePassword extends Command<Readonly<{ userId: string; email: string }> | Rejected<RefusalCode>> {
  constructor(readonly link: string, readonly password: string, readonly correlationId: string) {
    super();
  }
}

/** For a page to greet its reader; uses nothing up. */
export class LookAtLink extends Query<MailLink | Rejected<RefusalCode>> {
  constructor(readonly link: string) {
    super();
  }
}
