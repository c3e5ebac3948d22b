// What issuance does besides answering requests: it sends and takes messages, mints, looks at Stripe, and lets invoices out.
import type { CommandBus } from '@nestjs/cqrs';
import { uuidv7 } from 'uuidv7';
import { TotalsLoop, type TotalsPublisher } from '#libs/control-totals';
import { MessagingLifecycle, type ServiceSettings } from '#libs/service';
import type { CardBooker } from './book-card-payments/card-booker.js';
import { CardBookerLoop } from './book-card-payments/card-booker-loop.js';
import { openDatabase } from './database.store.js';
import { disputeConsumers } from './disputes/disputes.consumer.js';
import type { InvoiceDeliverer } from './deliver-invoices/invoice-deliverer.js';
import { InvoiceDelivererLoop } from './deliver-invoices/invoice-deliverer-loop.js';
import { IssuanceWork } from './issuance.work.js';
import { placeConsumers } from './know-places/keep-accredited-place.consumer.js';
import { creditConsumers } from './match-receipt/match-receipt.consumer.js';
import type { Minter } from './mint-chunks/minter.js';
import { MinterLoop } from './mint-chunks/minter-loop.js';
import type { EventReader } from './read-stripe-events/event-reader.js';
import { EventReaderLoop } from './read-stripe-events/event-reader-loop.js';
import { heldClaimConsumers } from './note-held-claim/note-held-claim.consumer.js';
import { refundConsumers } from './refunds/track-refunds.consumer.js';
import { replacementConsumers } from './replace-vouchers/replace-vouchers.consumer.js';
import { cardAccountConsumers } from './take-card-account/take-card-account.consumer.js';
import { rejectedClaimConsumers } from './take-rejected-claim/take-rejected-claim.consumer.js';
import { batchConsumers } from './track-batch/track-batch.consumer.js';
import { expiryConsumers } from './track-expiry/track-expiry.consumer.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: ServiceSettings): IssuanceWork =>
  new IssuanceWork(openDatabase(databaseUrl), { schema: 'issuance', clock, ids: { next: () => uuidv7() } });

type Background = Readonly<{
  minter: Minter; booker: CardBooker; events: EventReader; totals: TotalsPublisher; deliverer: InvoiceDeliverer;
}>;

export class IssuanceLifecycle extends MessagingLifecycle {
  constructor(
    settings: ServiceSettings, work: IssuanceWork, commands: CommandBus, { minter, booker, events, totals, deliverer }: Background,
  ) {
    super(settings, {
      service: 'issuance', work,
      consumers: [
        creditConsumers, batchConsumers, rejectedClaimConsumers, replacementConsumers, expiryConsumers, refundConsumers,
        cardAccountConsumers, placeConsumers, heldClaimConsumers, disputeConsumers,
      ].flatMap((consumers) => consumers(commands)),
      loops: [
        new MinterLoop(minter, settings.log), new CardBookerLoop(booker, settings.log), new EventReaderLoop(events, settings.log),
        new TotalsLoop(totals, settings.log), new InvoiceDelivererLoop(deliverer, settings.log),
      ],
    });
  }
}
