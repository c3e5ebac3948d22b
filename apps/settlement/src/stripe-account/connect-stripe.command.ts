import { Command } from '@nestjs/cqrs';
import type { BankAccountId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type ConnectedStripe = Readonly<{ bankAccountId: BankAccountId }>;

/** The Stripe account of this installation pays out to this custody account, from now on and for good. */
export class ConnectStripe extends Command<ConnectedStripe | Rejected> {
  constructor(readonly bankAccountId: BankAccountId, readonly meta: Meta) { super(); }
}
