import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { TotalsPublisher, totalsController } from '#libs/control-totals';
import { registerRefusals } from '#libs/http';
import { keyRequestPages } from '#libs/key-requests';
import { Keyring } from '#libs/keys';
import { QueueDesk, queueControllers } from '#libs/queue-desk';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { ActivateRangeController } from './activate-range/activate-range.controller.js';
import { ActivateRangeHandler } from './activate-range/activate-range.handler.js';
import { AnswerQuoteController } from './answer-quote/answer-quote.controller.js';
import { AnswerQuoteHandler } from './answer-quote/answer-quote.handler.js';
import { ApproveProofController } from './approve-proof/approve-proof.controller.js';
import { AnswerProofHandler, SubmitProofHandler } from './approve-proof/approve-proof.handler.js';
import { CheckCardPaymentsHandler, NoteStripeEventHandler } from './book-card-payments/book-card-payments.handler.js';
import { CardBooker } from './book-card-payments/card-booker.js';
import { StripeWebhooksController } from './book-card-payments/stripe-webhooks.controller.js';
import { VoucherAddresses } from './booklet-sheets/voucher-addresses.js';
import { CancelOrderController } from './cancel-order/cancel-order.controller.js';
import { CancelOrderHandler, PreviewCancellationHandler } from './cancel-order/cancel-order.handler.js';
import { CardProcessor } from './card-processor.js';
import { ConfirmDeliveryController } from './confirm-delivery/confirm-delivery.controller.js';
import { ConfirmDeliveryHandler } from './confirm-delivery/confirm-delivery.handler.js';
import { ContradictoryStatementsController } from './contradictory-statements/contradictory-statements.controller.js';
import { DrawUpStatementHandler } from './contradictory-statements/draw-up-statement.handler.js';
import { ListContradictoryStatementsHandler } from './contradictory-statements/show-statements.handler.js';
import { CreateBatchController } from './create-batch/create-batch.controller.js';
import { CreateBatchHandler } from './create-batch/create-batch.handler.js';
import { FileDrop } from './deliver-invoices/file-drop.js';
import { InvoiceDeliverer } from './deliver-invoices/invoice-deliverer.js';
import { InvoiceDelivery } from './deliver-invoices/invoice-delivery.js';
import { DraftOrderController } from './draft-order/draft-order.controller.js';
import { DraftOrderHandler, ReviseDraftHandler } from './draft-order/draft-order.handler.js';
import { ExtendOrderController } from './extend-order/extend-order.controller.js';
import { AgreeToExtensionHandler, ProposeExtensionHandler } from './extend-order/extend-order.handler.js';
import { GiveBackCreditController } from './give-back-credit/give-back-credit.controller.js';
import { GiveBackCreditHandler, ListReleasesHandler } from './give-back-credit/give-back-credit.handler.js';
import { FunnelController } from './distribution-funnel/funnel.controller.js';
import { ListAlertsHandler, ShowFunnelHandler } from './distribution-funnel/funnel.handler.js';
import { HandOverFileController } from './hand-over-file/hand-over-file.controller.js';
import {
  ListHandOverRowsHandler, ShowHandOverFileHandler, TakeHandOverFileHandler, TryHandOverFileHandler,
} from './hand-over-file/hand-over-file.handler.js';
import { KeepAgentsController } from './keep-agents/keep-agents.controller.js';
import { ListAgentsHandler, RegisterAgentHandler } from './keep-agents/keep-agents.handler.js';
import { LoseStockController } from './lose-stock/lose-stock.controller.js';
import { LoseStockHandler } from './lose-stock/lose-stock.handler.js';
import { ReceivePrintedController } from './receive-printed/receive-printed.controller.js';
import { ReceivePrintedHandler } from './receive-printed/receive-printed.handler.js';
import { ReplaceFromStockController } from './replace-vouchers/replace-from-stock.controller.js';
import { ReplaceFromStockHandler, SetQuotaHandler, ShowQuotaHandler } from './replace-vouchers/replace-from-stock.handler.js';
import { TransferStockController } from './transfer-stock/transfer-stock.controller.js';
import { TransferStockHandler } from './transfer-stock/transfer-stock.handler.js';
import { WhereIsController } from './where-is/where-is.controller.js';
import { ListPiecesHandler, ShowPartitionHandler, WhereIsHandler } from './where-is/where-is.handler.js';
import { HandOverController } from './hand-over/hand-over.controller.js';
import { HandOverHandler } from './hand-over/hand-over.handler.js';
import { ReturnHandOverHandler } from './hand-over/return-hand-over.handler.js';
import { ImportPayersController } from './import-payers/import-payers.controller.js';
import { ImportPayersHandler, ListPayerImportRowsHandler, ShowPayerImportHandler } from './import-payers/import-payers.handler.js';
import { CreditInvoiceHandler } from './invoices/credit-invoice.handler.js';
import { InvoiceSeller } from './invoices/invoice-seller.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { IssueInvoicesController } from './invoices/issue-invoices.controller.js';
import { IssueInvoicesHandler } from './invoices/issue-invoices.handler.js';
import { ListInvoicesHandler, ShowInvoiceHandler, ShowInvoicePdfHandler, ShowInvoiceXmlHandler } from './invoices/show-invoices.handler.js';
import { IssuanceLifecycle, openWork } from './issuance.lifecycle.js';
import { IssuanceWork } from './issuance.work.js';
import {
  KeepAccreditedPlaceHandler, KeepDepartureEndHandler, KeepDepartureHandler, KeepMeasureEndHandler, KeepMeasureHandler,
} from './know-places/keep-accredited-place.handler.js';
import { CreditsController } from './list-unmatched/credits.controller.js';
import { ListUnmatchedHandler } from './list-unmatched/list-unmatched.handler.js';
import { MatchByHandHandler, TakeCreditHandler } from './match-receipt/match-receipt.handler.js';
import { Minter } from './mint-chunks/minter.js';
import { DisputesController } from './disputes/disputes.controller.js';
import {
  ListDisputesHandler, NoteFrozenBatchHandler, TakeDisputeEndHandler, TakeDisputeHandler,
} from './disputes/take-dispute.handler.js';
import { EventReader } from './read-stripe-events/event-reader.js';
import { NoteHeldClaimHandler, NoteReleasedClaimHandler } from './note-held-claim/note-held-claim.handler.js';
import { OrientationLetterController } from './orientation-letter/orientation-letter.controller.js';
import { WriteLetterHandler } from './orientation-letter/orientation-letter.handler.js';
import { PayByCardController } from './pay-by-card/pay-by-card.controller.js';
import { ListCardPaymentsHandler, OpenCardPaymentHandler } from './pay-by-card/pay-by-card.handler.js';
import { PayerBillingController } from './payer-billing/payer-billing.controller.js';
import { GivePayerBillingHandler, GiveShareReferenceHandler, ShowPayerBillingHandler } from './payer-billing/payer-billing.handler.js';
import { PlaceOrderController } from './place-order/place-order.controller.js';
import { PlaceOrderHandler } from './place-order/place-order.handler.js';
import { PrintBatchController } from './print-batch/print-batch.controller.js';
import { PrintPolicy } from './print-batch/print-policy.js';
import { RequestPrintFileHandler } from './print-batch/print-batch.handler.js';
import { TakePrintFileHandler } from './print-batch/take-print-file.handler.js';
import { PublishProgrammeController } from './publish-programme/publish-programme.controller.js';
import {
  ListProgrammesHandler, ListRulesHandler, PublishProgrammeHandler, PublishRuleHandler,
} from './publish-programme/publish-programme.handler.js';
import { ProposeCoFundingController } from './propose-co-funding/propose-co-funding.controller.js';
import { ProposeCoFundingHandler } from './propose-co-funding/propose-co-funding.handler.js';
import { QuoteOrderController } from './quote-order/quote-order.controller.js';
import { QuoteOrderHandler } from './quote-order/quote-order.handler.js';
import { RefundsController } from './refunds/refunds.controller.js';
import { RequestRefundsHandler } from './refunds/request-refunds.handler.js';
import { ListRefundsHandler, NoteRefundMovementHandler, NoteStripeRefundHandler } from './refunds/track-refunds.handler.js';
import { REFUSALS } from './refusals.js';
import { RegisterDistributorController } from './register-distributor/register-distributor.controller.js';
import { ListDistributorsHandler, RegisterDistributorHandler } from './register-distributor/register-distributor.handler.js';
import { RegisterPayerController } from './register-payer/register-payer.controller.js';
import { ListPayersHandler, RegisterPayerHandler } from './register-payer/register-payer.handler.js';
import { NoteReplacedHandler, NoteStoppedHandler } from './replace-vouchers/note-replaced.handler.js';
import { RegisterPrinterKeyController } from './register-printer-key/register-printer-key.controller.js';
import {
  ListPrinterKeysHandler, RegisterPrinterKeyHandler, WithdrawPrinterKeyHandler,
} from './register-printer-key/register-printer-key.handler.js';
import { ReplaceVouchersController } from './replace-vouchers/replace-vouchers.controller.js';
import { ReplaceVouchersHandler } from './replace-vouchers/replace-vouchers.handler.js';
import { ReportOrderController } from './report-order/report-order.controller.js';
import { ReportOrderHandler } from './report-order/report-order.handler.js';
import { SetAsideCreditController } from './set-aside-credit/set-aside-credit.controller.js';
import { SetAsideCreditHandler } from './set-aside-credit/set-aside-credit.handler.js';
import { ShipRangeController } from './ship-range/ship-range.controller.js';
import { ShipRangeHandler } from './ship-range/ship-range.handler.js';
import { ShowCoverageController } from './show-coverage/show-coverage.controller.js';
import { ShowCoverageHandler } from './show-coverage/show-coverage.handler.js';
import { ShowExtensionsController } from './show-extensions/show-extensions.controller.js';
import { ListExtensionsHandler } from './show-extensions/show-extensions.handler.js';
import { ShowOrderDraftsController } from './show-order-drafts/show-order-drafts.controller.js';
import { ListOrderDraftsHandler, ShowOrderDraftHandler } from './show-order-drafts/show-order-drafts.handler.js';
import { ShowOrdersController } from './show-orders/show-orders.controller.js';
import { ListOrdersHandler, ShowOrderHandler } from './show-orders/show-orders.handler.js';
import { ShowPayerController } from './show-payer/show-payer.controller.js';
import { ShowPayerHandler } from './show-payer/show-payer.handler.js';
import { ShowPrintFilesController } from './show-print-files/show-print-files.controller.js';
import { ListPrintFilesHandler } from './show-print-files/show-print-files.handler.js';
import { ShowStockController } from './show-stock/show-stock.controller.js';
import { ListDeliveriesHandler, ListHandOversHandler, ListStockHandler } from './show-stock/show-stock.handler.js';
import { SignOffVintageController } from './sign-off-vintage/sign-off-vintage.controller.js';
import { ListVintagesHandler, SignOffVintageHandler } from './sign-off-vintage/sign-off-vintage.handler.js';
import { SignStatementController } from './sign-statement/sign-statement.controller.js';
import { SignStatementHandler } from './sign-statement/sign-statement.handler.js';
import { SimulateRuleController } from './simulate-rule/simulate-rule.controller.js';
import { SimulateRuleHandler } from './simulate-rule/simulate-rule.handler.js';
import { TakeCardAccountHandler } from './take-card-account/take-card-account.handler.js';
import { TakeRejectedClaimHandler } from './take-rejected-claim/take-rejected-claim.handler.js';
import {
  CountRedemptionHandler, CountUndoneHandler, NoteChunkLoadedHandler, NoteRangeSpendableHandler,
} from './track-batch/track-batch.handler.js';
import { NoteExpiryStepHandler } from './track-expiry/note-expiry-step.handler.js';
import { NoteExpiryFinishedHandler, TakeExpiredChunkHandler } from './track-expiry/track-expiry.handler.js';
import { UpstreamFeesController } from './upstream-fees/upstream-fees.controller.js';
import {
  ListUpstreamFeeRulesHandler, PublishUpstreamFeeRuleHandler, SimulateUpstreamFeesHandler,
} from './upstream-fees/upstream-fees.handler.js';

registerRefusals('issuance', REFUSALS);

const CONTROLLERS = [
  keyRequestPages('issuance', IssuanceWork),
  RegisterPayerController, ShowPayerController,
  PublishProgrammeController, PlaceOrderController, ShowOrdersController, CreateBatchController,
  ReplaceVouchersController, ContradictoryStatementsController, SignStatementController, RefundsController,
  ImportPayersController, ActivateRangeController, PrintBatchController, ShowPrintFilesController, ShowCoverageController,
  CreditsController, RegisterDistributorController, ShipRangeController, ConfirmDeliveryController, HandOverController,
  ShowStockController, PayByCardController, StripeWebhooksController, SimulateRuleController, SignOffVintageController,
  ExtendOrderController, ShowExtensionsController, GiveBackCreditController, SetAsideCreditController, totalsController('issuance'), ...queueControllers('issuance'),
  UpstreamFeesController, PayerBillingController, IssueInvoicesController, InvoicesController, DisputesController,
  RegisterPrinterKeyController, DraftOrderController, QuoteOrderController, AnswerQuoteController,
  ShowOrderDraftsController, ApproveProofController, CancelOrderController, ProposeCoFundingController, ReportOrderController,
  KeepAgentsController, TransferStockController, LoseStockController, WhereIsController, ReplaceFromStockController,
  FunnelController, HandOverFileController, ReceivePrintedController, OrientationLetterController,
];
const HANDLERS = [
  RegisterPayerHandler, ListPayersHandler, ShowPayerHandler, PublishProgrammeHandler, PublishRuleHandler, ListProgrammesHandler,
  PlaceOrderHandler, ListOrdersHandler, ShowOrderHandler, TakeCreditHandler, MatchByHandHandler, ListUnmatchedHandler,
  GiveBackCreditHandler, ListReleasesHandler, SetAsideCreditHandler,
  CreateBatchHandler, CountUndoneHandler, ReplaceVouchersHandler, NoteStoppedHandler, NoteReplacedHandler,
  TakeRejectedClaimHandler, TakeExpiredChunkHandler, NoteExpiryFinishedHandler, DrawUpStatementHandler,
  ListContradictoryStatementsHandler, SignStatementHandler, RequestRefundsHandler, NoteRefundMovementHandler, NoteStripeRefundHandler,
  ListRefundsHandler, ImportPayersHandler, ShowPayerImportHandler, ListPayerImportRowsHandler, ActivateRangeHandler,
  RequestPrintFileHandler, TakePrintFileHandler, ListPrintFilesHandler, ShowCoverageHandler, NoteChunkLoadedHandler,
  NoteRangeSpendableHandler, CountRedemptionHandler, RegisterDistributorHandler, ListDistributorsHandler, ShipRangeHandler,
  ConfirmDeliveryHandler, HandOverHandler, ReturnHandOverHandler, ListStockHandler, ListDeliveriesHandler, ListHandOversHandler,
  RegisterAgentHandler, ListAgentsHandler, TransferStockHandler, LoseStockHandler, WhereIsHandler, ShowPartitionHandler,
  ReceivePrintedHandler, WriteLetterHandler, ShowFunnelHandler, ListAlertsHandler, TakeHandOverFileHandler,
  TryHandOverFileHandler, ShowHandOverFileHandler, ListHandOverRowsHandler, ListPiecesHandler, ReplaceFromStockHandler,
  SetQuotaHandler, ShowQuotaHandler,
  OpenCardPaymentHandler, ListCardPaymentsHandler, NoteStripeEventHandler, CheckCardPaymentsHandler,
  TakeCardAccountHandler, ListRulesHandler, SimulateRuleHandler,
  PublishUpstreamFeeRuleHandler, ListUpstreamFeeRulesHandler, SimulateUpstreamFeesHandler, GivePayerBillingHandler,
  GiveShareReferenceHandler, ShowPayerBillingHandler, IssueInvoicesHandler, CreditInvoiceHandler,
  ListInvoicesHandler, ShowInvoiceHandler, ShowInvoicePdfHandler, ShowInvoiceXmlHandler,
  DraftOrderHandler, ReviseDraftHandler, QuoteOrderHandler, AnswerQuoteHandler, ListOrderDraftsHandler, ShowOrderDraftHandler,
  SubmitProofHandler, AnswerProofHandler, CancelOrderHandler, PreviewCancellationHandler,
  ProposeCoFundingHandler, ReportOrderHandler,
  KeepAccreditedPlaceHandler, KeepMeasureHandler, KeepMeasureEndHandler, KeepDepartureHandler, KeepDepartureEndHandler,
  NoteExpiryStepHandler, SignOffVintageHandler, ListVintagesHandler, ProposeExtensionHandler, AgreeToExtensionHandler,
  ListExtensionsHandler, NoteHeldClaimHandler, NoteReleasedClaimHandler,
  TakeDisputeHandler, TakeDisputeEndHandler, NoteFrozenBatchHandler, ListDisputesHandler,
  RegisterPrinterKeyHandler, WithdrawPrinterKeyHandler, ListPrinterKeysHandler,
];

/** Cover is of a programme by its name, expired value by its order. */
const PROGRAMME_OF = `case split_part(account, ':', 1) when 'prefund' then split_part(account, ':', 2)::uuid
  when 'expired' then (select o.programme_id from issuance.order o where o.id = split_part(account, ':', 2)::uuid) end`;

/** Who pays, what is ordered, what arrived for it, and which vouchers it covers. */
@Module({})
export class IssuanceModule {
  static register(settings: ServiceSettings): DynamicModule {
    const work = openWork(settings);
    const totals = new TotalsPublisher(work, { programmeOf: PROGRAMME_OF });
    return {
      module: IssuanceModule,
      imports: [CqrsModule],
      controllers: CONTROLLERS,
      providers: [
        { provide: IssuanceWork, useValue: work }, { provide: QueueDesk, useValue: new QueueDesk(work) },
        { provide: TotalsPublisher, useValue: totals },
        { provide: Keyring, useValue: settings.keyring },
        { provide: VoucherAddresses, useValue: new VoucherAddresses(settings.baseUrl) },
        { provide: PrintPolicy, useValue: new PrintPolicy(settings.encryptsPrintFiles === true) },
        { provide: CardProcessor, useValue: CardProcessor.of(settings) },
        { provide: InvoiceSeller, useValue: new InvoiceSeller(settings.seller) },
        { provide: InvoiceDelivery, useValue: new FileDrop(settings.dataDir) },
        Minter,
        CardBooker, EventReader, InvoiceDeliverer,
        {
          provide: lifecycleToken('issuance'),
          inject: [Minter, CardBooker, EventReader, InvoiceDeliverer, CommandBus],
          useFactory: (
            minter: Minter, booker: CardBooker, events: EventReader, deliverer: InvoiceDeliverer, commands: CommandBus,
          ) => new IssuanceLifecycle(settings, work, commands, { minter, booker, events, totals, deliverer }),
        },
        ...HANDLERS,
      ],
      exports: [lifecycleToken('issuance')],
    };
  }
}
