import { Command } from '@nestjs/cqrs';
import type { Meta } from '#libs/persistence';

/** Settlement connected Stripe to a custody account: from here on cards may pay for orders of it. */
export class TakeCardAccount extends Command<void> {
  constructor(readonly custodyAccountId: string, readonly eventId: string, readonly meta: Meta) {
    super();
  }
}
