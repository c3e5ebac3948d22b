// What settlement does besides answering requests: it sends and takes messages, reads the balance at Stripe, closes statements by their
// calendar, and tells audit what its ledger stands at.
import type { CommandBus } from '@nestjs/cqrs';
import { uuidv7 } from 'uuidv7';
import { TotalsLoop, type TotalsPublisher } from '#libs/control-totals';
import { MessagingLifecycle, type ServiceSettings } from '#libs/service';
import { matchConsumers } from './bank-lines/take-match.consumer.js';
import { cardPaymentConsumers } from './card-payments/take-card-payment.consumer.js';
import { claimConsumers } from './claims/accrue-claim-line.consumer.js';
import { ClosingCalendarLoop } from './closing-calendar/closing-calendar-loop.js';
import { ClosingCaller } from './closing-calendar/closing-caller.js';
import { breakageConsumers } from './commons/take-breakage.consumer.js';
import { openDatabase } from './database.store.js';
import { checkpointConsumers } from './known-checkpoints/keep-checkpoint.consumer.js';
import { programmeConsumers } from './known-programmes/keep-programme.consumer.js';
import { DebitNoteLoop } from './debit-notes/debit-note-loop.js';
import type { DebitNoteWatch } from './debit-notes/debit-note-watch.js';
import { PlaceChargeLoop } from './place-charges/place-charge-loop.js';
import type { PlaceCharger } from './place-charges/place-charger.js';
import { earnedTotalConsumers } from './own-money/take-earned-total.consumer.js';
import type { PlaceInvoiceIssuer } from './place-invoices/place-invoice-issuer.js';
import { PlaceInvoiceLoop } from './place-invoices/place-invoice-loop.js';
import { payeeConsumers } from './payees/take-accreditation.consumer.js';
import { alertConsumers } from './known-alerts/keep-alert.consumer.js';
import { departureConsumers } from './place-departures/keep-departure.consumer.js';
import { measureConsumers } from './place-measures/keep-measure.consumer.js';
import { findingConsumers } from './payout-stops/take-finding.consumer.js';
import { refundConsumers } from './refunds/take-refund.consumer.js';
import { SettlementWork } from './settlement.work.js';
import type { BalanceReader } from './stripe-balance/balance-reader.js';
import { BalanceReaderLoop } from './stripe-balance/balance-reader-loop.js';
import type { Refunder } from './stripe-refunds/refunder.js';
import { RefunderLoop } from './stripe-refunds/refunder-loop.js';
import type { TransferSender } from './stripe-transfers/transfer-sender.js';
import { TransferSenderLoop } from './stripe-transfers/transfer-sender-loop.js';
import { DelayMeasurer } from './time-to-pay/delay-measurer.js';
import { TimeToPayLoop } from './time-to-pay/time-to-pay-loop.js';
import { totalConsumers } from './statement-closings/take-period-total.consumer.js';
import { undoConsumers } from './undo-claims/undo-claim-line.consumer.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: Pick<ServiceSettings, 'databaseUrl' | 'clock'>): SettlementWork =>
  new SettlementWork(openDatabase(databaseUrl), { schema: 'settlement', clock, ids: { next: () => uuidv7() } });

type Background = Readonly<{
  reader: BalanceReader; refunder: Refunder; sender: TransferSender; totals: TotalsPublisher; issuer: PlaceInvoiceIssuer;
  charger: PlaceCharger;
  watch: DebitNoteWatch;
}>;

export class SettlementLifecycle extends MessagingLifecycle {
  constructor(
    settings: ServiceSettings, work: SettlementWork, commands: CommandBus,
    { reader, refunder, sender, totals, issuer, charger, watch }: Background,
  ) {
    const consumers = [
      claimConsumers, undoConsumers, payeeConsumers, totalConsumers, matchConsumers, cardPaymentConsumers,
      breakageConsumers, refundConsumers, checkpointConsumers, measureConsumers, departureConsumers, programmeConsumers, findingConsumers,
      earnedTotalConsumers, alertConsumers,
    ];
    super(settings, {
      // While the database writes one batch of redemptions, the process reads the next.
      service: 'settlement', work, consumers: consumers.flatMap((made) => made(commands)), atOnce: 2,
      loops: [
        new BalanceReaderLoop(reader, settings.log), new RefunderLoop(refunder, settings.log),
        new TransferSenderLoop(sender, settings.log), new TotalsLoop(totals, settings.log),
        new ClosingCalendarLoop(new ClosingCaller(work, commands), settings.log), new PlaceInvoiceLoop(issuer, settings.log),
        new TimeToPayLoop(new DelayMeasurer(work), settings.log),
        new PlaceChargeLoop(charger, settings.log), new DebitNoteLoop(watch, settings.log),
      ],
    });
  }
}
