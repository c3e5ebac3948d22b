import { Command } from '@nestjs/cqrs';
import type { BodyOf, PaymentSucceededV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

export class TakeCardPayment extends Command<void> {
  constructor(readonly fact: BodyOf<typeof PaymentSucceededV1>, readonly eventId: string, readonly meta: Meta) { super(); }
}
