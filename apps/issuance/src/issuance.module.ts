import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { registerRefusals } from '#libs/http';
import { Keyring } from '#libs/keys';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { ActivateRangeController } from './activate-range/activate-range.controller.js';
import { ActivateRangeHandler } from './activate-range/activate-range.handler.js';
import { CheckCardPaymentsHandler, NoteStripeEventHandler } from './book-card-payments/book-card-payments.handler.js';
import { CardBooker } from './book-card-payments/card-booker.js';
import { StripeWebhooksController } from './book-card-payments/stripe-webhooks.controller.js';
import { CardProcessor } from './card-processor.js';
import { CreateBatchController } from './create-batch/create-batch.controller.js';
import { CreateBatchHandler } from './create-batch/create-batch.handler.js';
import { IssuanceLifecycle, openWork } from './issuance.lifecycle.js';
import { IssuanceWork } from './issuance.work.js';
import { CreditsController } from './list-unmatched/credits.controller.js';
import { ListUnmatchedHandler } from './list-unmatched/list-unmatched.handler.js';
import { MatchByHandHandler, TakeCreditHandler } from './match-receipt/match-receipt.handler.js';
import { Minter } from './mint-chunks/minter.js';
import { PayByCardController } from './pay-by-card/pay-by-card.controller.js';
import { ListCardPaymentsHandler, OpenCardPaymentHandler } from './pay-by-card/pay-by-card.handler.js';
import { PlaceOrderController } from './place-order/place-order.controller.js';
import { PlaceOrderHandler } from './place-order/place-order.handler.js';
import { PrintBatchController } from './print-batch/print-batch.controller.js';
import { ReadPrintFileHandler, RequestPrintFileHandler } from './print-batch/print-batch.handler.js';
import { PublishProgrammeController } from './publish-programme/publish-programme.controller.js';
import {
  ListProgrammesHandler, PublishProgrammeHandler, PublishRuleHandler,
} from './publish-programme/publish-programme.handler.js';
import { REFUSALS } from './refusals.js';
import { RegisterPayerController } from './register-payer/register-payer.controller.js';
import { ListPayersHandler, RegisterPayerHandler } from './register-payer/register-payer.handler.js';
import { ShowCoverageController } from './show-coverage/show-coverage.controller.js';
import { ShowCoverageHandler } from './show-coverage/show-coverage.handler.js';
import { ShowOrdersController } from './show-orders/show-orders.controller.js';
import { ListOrdersHandler, ShowOrderHandler } from './show-orders/show-orders.handler.js';
import { TakeCardAccountHandler } from './take-card-account/take-card-account.handler.js';
import {
  CountRedemptionHandler, NoteChunkLoadedHandler, NoteRangeSpendableHandler,
} from './track-batch/track-batch.handler.js';

registerRefusals('issuance', REFUSALS);

const CONTROLLERS = [
  RegisterPayerController, PublishProgrammeController, PlaceOrderController, ShowOrdersController, CreateBatchController,
  ActivateRangeController, PrintBatchController, ShowCoverageController, CreditsController,
  PayByCardController, StripeWebhooksController,
];
const HANDLERS = [
  RegisterPayerHandler, ListPayersHandler, PublishProgrammeHandler, PublishRuleHandler, ListProgrammesHandler,
  PlaceOrderHandler, ListOrdersHandler, ShowOrderHandler, TakeCreditHandler, MatchByHandHandler, ListUnmatchedHandler, CreateBatchHandler,
  ActivateRangeHandler, RequestPrintFileHandler, ReadPrintFileHandler, ShowCoverageHandler, NoteChunkLoadedHandler,
  NoteRangeSpendableHandler, CountRedemptionHandler, OpenCardPaymentHandler, ListCardPaymentsHandler, NoteStripeEventHandler,
  CheckCardPaymentsHandler, TakeCardAccountHandler,
];

/** Who pays, what is ordered, what arrived for it, and which vouchers it covers. */
@Module({})
export class IssuanceModule {
  static register(settings: ServiceSettings): DynamicModule {
    return {
      module: IssuanceModule,
      imports: [CqrsModule],
      controllers: CONTROLLERS,
      providers: [
        { provide: IssuanceWork, useValue: openWork(settings) },
        { provide: Keyring, useValue: settings.keyring },
        { provide: CardProcessor, useValue: CardProcessor.of(settings) },
        Minter,
        CardBooker,
        {
          provide: lifecycleToken('issuance'), inject: [IssuanceWork, Minter, CardBooker, CommandBus],
          useFactory: (work: IssuanceWork, minter: Minter, booker: CardBooker, commands: CommandBus) =>
            new IssuanceLifecycle(settings, work, commands, { minter, booker }),
        },
        ...HANDLERS,
      ],
      exports: [lifecycleToken('issuance')],
    };
  }
}
