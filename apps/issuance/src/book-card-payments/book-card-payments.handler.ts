import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { CardProcessor } from '../card-processor.js';
import { IssuanceWork } from '../issuance.work.js';
import { CheckCardPayments, NoteStripeEvent, type CheckedCardPayments } from './book-card-payments.command.js';
import { CardBooker } from './card-booker.js';
import { keepHints } from './keep-hints.js';

@CommandHandler(NoteStripeEvent)
export class NoteStripeEventHandler implements ICommandHandler<NoteStripeEvent> {
  constructor(private readonly work: IssuanceWork, private readonly processor: CardProcessor, private readonly booker: CardBooker) {}

  async execute({ event }: NoteStripeEvent): Promise<void | Rejected> {
    const { open } = this.processor;
    if (!open) return reject('card_payments_off');
    await this.work.once({ kind: 'process', name: 'stripe', correlationId: event.eventId.slice(0, 100) },
      (tx) => keepHints(tx, [event], open.livemode));
    this.booker.wake();
  }
}

@CommandHandler(CheckCardPayments)
export class CheckCardPaymentsHandler implements ICommandHandler<CheckCardPayments> {
  constructor(private readonly processor: CardProcessor, private readonly booker: CardBooker) {}

  /** Nothing to remember under the key: looking again finds what is booked as booked. */
  async execute(): Promise<CheckedCardPayments | Rejected> {
    if (!this.processor.open) return reject('card_payments_off');
    const outcomes = await this.booker.checkUnbooked();
    return { checked: outcomes.length, booked: outcomes.filter((outcome) => outcome === 'booked').length };
  }
}
