import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { TotalsPublisher, totalsController } from '#libs/control-totals';
import { registerRefusals } from '#libs/http';
import { cents } from '#libs/kernel';
import { QueueDesk, queueControllers } from '#libs/queue-desk';
import { keyRequestPages } from '#libs/key-requests';
import { lifecycleToken, type ServiceSettings } from '#libs/service';
import { AttestationController } from './attestations/attestation.controller.js';
import { OPERATOR } from './attestations/attestation.query.js';
import { ShowAttestationHandler } from './attestations/show-attestation.handler.js';
import { ListAllocationsHandler, GiveVoiceHandler, ProposeAllocationHandler } from './allocations/allocation.handlers.js';
import { AllocationsController } from './allocations/allocations.controller.js';
import { BankAccountsController } from './bank-accounts/bank-accounts.controller.js';
import { ListBankAccountsHandler } from './bank-accounts/list-bank-accounts.handler.js';
import { OpenBankAccountHandler } from './bank-accounts/open-bank-account.handler.js';
import { IdentifyBankLineController } from './bank-line-identifications/identify-bank-line.controller.js';
import { IdentifyBankLineHandler } from './bank-line-identifications/identify-bank-line.handler.js';
import { BankLinesController } from './bank-lines/bank-lines.controller.js';
import { ListBankLinesHandler } from './bank-lines/list-bank-lines.handler.js';
import { TakeMatchHandler } from './bank-lines/take-match.handler.js';
import { BankStatementsController } from './bank-statements/bank-statements.controller.js';
import { hashIbanWith } from './bank-statements/hash-iban.js';
import { HASH_IBAN, ImportBankStatementHandler } from './bank-statements/import-bank-statement.handler.js';
import { BooksController } from './books/books.controller.js';
import { ListBalancesHandler, ListTransfersHandler } from './books/books.handlers.js';
import { TakeCardPaymentHandler } from './card-payments/take-card-payment.handler.js';
import { AccrueClaimLineHandler, AccrueClaimLinesHandler } from './claims/accrue-claim-line.handler.js';
import { CarryOversController } from './carry-overs/carry-overs.controller.js';
import { ListCarryOversHandler } from './carry-overs/list-carry-overs.handler.js';
import { ClosingRulesController } from './closing-rules/closing-rules.controller.js';
import { ListClosingRulesHandler, ShowClosingCalendarHandler } from './closing-rules/closing-rules.handlers.js';
import { PublishClosingRuleHandler } from './closing-rules/publish-closing-rule.handler.js';
import { ListCommonsPoolsHandler, ListPoolMovementsHandler } from './commons-pools/commons-pools.handlers.js';
import { CommonsPoolsController } from './commons-pools/commons-pools.controller.js';
import { TakeBreakageHandler } from './commons/take-breakage.handler.js';
import { statedBalances } from './control-totals/stated-balances.store.js';
import { DebitNoteLossesController } from './debit-notes/debit-note-losses.controller.js';
import { DecideLossHandler, ProposeLossHandler } from './debit-notes/debit-note-loss.handlers.js';
import { DebitNotesController } from './debit-notes/debit-notes.controller.js';
import { IssueDebitNotesHandler } from './debit-notes/issue-debit-notes.handler.js';
import { NoteParties } from './debit-notes/note-parties.js';
import { ListDebitNotesHandler, ShowDebitNoteHandler } from './debit-notes/show-debit-notes.handler.js';
import { FeeBookController } from './fee-book/fee-book.controller.js';
import { ShowFeeBookHandler } from './fee-book/fee-book.handler.js';
import { FeeRulesController } from './fee-rules/fee-rules.controller.js';
import { ListFeeRulesHandler } from './fee-rules/list-fee-rules.handler.js';
import { PLACE_FEE_CAP, PublishFeeRuleHandler } from './fee-rules/publish-fee-rule.handler.js';
import { DebitNoteWatch } from './debit-notes/debit-note-watch.js';
import { HOLD_RULES } from './holds/hold.decision.js';
import { HoldsController } from './holds/holds.controller.js';
import { ListHeldLinesHandler, ListHoldsHandler } from './holds/list-holds.handler.js';
import { ReviewHoldHandler } from './holds/review-hold.handler.js';
import { DecideIncidentHandler, StateIncidentHandler } from './incidents/incident.handlers.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { ListIncidentsHandler } from './incidents/list-incidents.handler.js';
import { IbanSharesController } from './iban-shares/iban-shares.controller.js';
import { ListIbanSharesHandler } from './iban-shares/list-iban-shares.handler.js';
import { ApproveIbanShareHandler, ProposeIbanShareHandler, WithdrawIbanShareHandler } from './iban-shares/share-iban.handler.js';
import { LiftPayoutStopHandler, ListPayoutStopsHandler, StopPayoutsHandler } from './payout-stops/payout-stop.handlers.js';
import { PayoutStopsController } from './payout-stops/payout-stops.controller.js';
import { KeepCheckpointHandler } from './known-checkpoints/keep-checkpoint.handler.js';
import { KeepProofsHandler } from './known-checkpoints/keep-proofs.handler.js';
import { KeepProgrammeHandler } from './known-programmes/keep-programme.handler.js';
import { LegalBodiesController } from './legal-bodies/legal-bodies.controller.js';
import { NameLegalBodyHandler, NameOperatorHandler } from './legal-bodies/legal-body.handlers.js';
import { BREAKER_LIMITS, COOLING_OFF_HOURS, PLACE_CHARGE_CAP_CENTS, PLACE_FEE_CAP_BASIS_POINTS } from './limits.js';
import { OwnMoneyController } from './own-money/own-money.controller.js';
import { ShowOwnMoneyHandler } from './own-money/show-own-money.handler.js';
import { TakeEarnedTotalHandler } from './own-money/take-earned-total.handler.js';
import { ApproveBankAccountHandler } from './payee-bank-accounts/approve-bank-account.handler.js';
import { COOLING_OFF } from './payee-bank-accounts/cooling-off.decision.js';
import { NextPaymentController } from './next-payment/next-payment.controller.js';
import { ShowNextPaymentHandler } from './next-payment/show-next-payment.handler.js';
import { ListBankAccountVersionsHandler } from './payee-bank-accounts/list-bank-account-versions.handler.js';
import { OwnAccountController } from './payee-bank-accounts/own-account.controller.js';
import { PayeeBankAccountsController } from './payee-bank-accounts/payee-bank-accounts.controller.js';
import { ShowOwnAccountHandler } from './payee-bank-accounts/show-own-account.handler.js';
import { ProposeBankAccountHandler } from './payee-bank-accounts/propose-bank-account.handler.js';
import { ApproveDestinationHandler } from './payee-destinations/approve-destination.handler.js';
import { ListDestinationsHandler } from './payee-destinations/list-destinations.handler.js';
import { PayeeDestinationsController } from './payee-destinations/payee-destinations.controller.js';
import { ProposeDestinationHandler } from './payee-destinations/propose-destination.handler.js';
import { PayeeBillingController } from './payee-billing/payee-billing.controller.js';
import { GivePayeeBillingHandler } from './payee-billing/payee-billing.handler.js';
import { ImportPayeeVerificationHandler } from './payee-verifications/import-payee-verification.handler.js';
import { PayeeVerificationsController } from './payee-verifications/payee-verifications.controller.js';
import { CompletePayeeHandler } from './payees/complete-payee.handler.js';
import { ListPayeesHandler } from './payees/list-payees.handler.js';
import { PayeesController } from './payees/payees.controller.js';
import { TakeAccreditationHandler } from './payees/take-accreditation.handler.js';
import { ImportPaymentReportHandler } from './payment-reports/import-payment-report.handler.js';
import { ListPaymentReportsHandler, ListReportedStatusesHandler } from './payment-reports/list-payment-reports.handler.js';
import { PaymentReportsController } from './payment-reports/payment-reports.controller.js';
import { ListPaymentsHandler } from './payments/list-payments.handler.js';
import { PaymentsController } from './payments/payments.controller.js';
import { NettingController } from './netting/netting.controller.js';
import {
  AcceptNettingTermsHandler, ListNettingAcceptancesHandler, ListNettingTermsHandler, PublishNettingTermsHandler,
} from './netting/netting.handlers.js';
import { PlaceChargeRulesController } from './place-charge-rules/place-charge-rules.controller.js';
import { ListChargeRulesHandler, PLACE_CHARGE_CAP, PublishChargeRuleHandler } from './place-charge-rules/place-charge-rules.handlers.js';
import { PlaceCharger } from './place-charges/place-charger.js';
import { PlaceInvoiceIssuer } from './place-invoices/place-invoice-issuer.js';
import { PlaceInvoiceSeller } from './place-invoices/place-invoice-seller.js';
import { PlaceInvoicesController } from './place-invoices/place-invoices.controller.js';
import { ListPlaceInvoicesHandler, ListWaitingPayeesHandler, ShowPlaceInvoiceHandler } from './place-invoices/place-invoices.handlers.js';
import { EarlyPaymentRulesController } from './early-payment-rules/early-payment-rules.controller.js';
import { ListEarlyPaymentRulesHandler, PublishEarlyPaymentRuleHandler } from './early-payment-rules/early-payment-rule.handlers.js';
import { AskEarlyPaymentHandler, ListEarlyPaymentsHandler, ShowEarlyOffersHandler } from './early-payments/early-payment.handlers.js';
import { EarlyPaymentsController } from './early-payments/early-payments.controller.js';
import { KeepAlertAnswerHandler, KeepAlertAppealHandler, KeepAlertHandler } from './known-alerts/keep-alert.handlers.js';
import { DepartureChargesController } from './place-departures/departure-charges.controller.js';
import { ShowDepartureChargesHandler } from './place-departures/departure-charges.handler.js';
import { KeepDepartureEndHandler, KeepDepartureHandler } from './place-departures/keep-departure.handler.js';
import { KeepMeasureEndHandler, KeepMeasureHandler } from './place-measures/keep-measure.handler.js';
import { ListRefundsHandler } from './refunds/list-refunds.handler.js';
import { OwedRefundsController } from './refunds/refunds.controller.js';
import { TakeRefundHandler } from './refunds/take-refund.handler.js';
import { TakeReleasedCreditHandler } from './refunds/take-released-credit.handler.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { ListOpenLinesHandler, ShowReconciliationHandler } from './reconciliation/reconciliation.handlers.js';
import { REFUSALS } from './refusals.js';
import { ApproveRunHandler } from './run-release/approve-run.handler.js';
import { CancelRunHandler } from './run-release/cancel-run.handler.js';
import { ReleaseRunHandler } from './run-release/release-run.handler.js';
import { RunReleaseController } from './run-release/run-release.controller.js';
import { TakePaymentFileHandler } from './run-release/take-payment-file.handler.js';
import { CreateRunHandler } from './settlement-runs/create-run.handler.js';
import { BREAKER_RULES, type BreakerLimits } from './settlement-runs/run-breakers.decision.js';
import { ListRunsHandler } from './settlement-runs/list-runs.handler.js';
import { PreviewRunHandler } from './settlement-runs/preview-run.handler.js';
import { RunPreviewController } from './settlement-runs/run-preview.controller.js';
import { SettlementRunsController } from './settlement-runs/settlement-runs.controller.js';
import { openWork, SettlementLifecycle } from './settlement.lifecycle.js';
import { SettlementWork } from './settlement.work.js';
import { CloseStatementsHandler } from './statement-closings/close-statements.handler.js';
import { ClearStatementController } from './statement-clearances/clear-statement.controller.js';
import { ClearStatementHandler } from './statement-clearances/clear-statement.handler.js';
import { PublicQuestions } from './public-questions/public-questions.js';
import { ConfirmSharingRuleHandler, ListSharingRulesHandler, ProposeSharingRuleHandler, WithdrawSharingRuleHandler } from './sharing-rules/sharing-rule.handlers.js';
import { SharingRulesController } from './sharing-rules/sharing-rules.controller.js';
import { CLOSED_UP_TO } from './statement-closings/closing.store.js';
import { StatementClosingsController } from './statement-closings/statement-closings.controller.js';
import { TakePeriodTotalHandler } from './statement-closings/take-period-total.handler.js';
import { ListStatementLinesHandler } from './statement-lines/list-statement-lines.handler.js';
import { StatementLinesController } from './statement-lines/statement-lines.controller.js';
import { ListStatementPaymentsHandler } from './statements/list-statement-payments.handler.js';
import { StatementHistoryController } from './statements/statement-history.controller.js';
import { ListStatementHistoryHandler } from './statements/statement-history.handler.js';
import { StatementPaymentsController } from './statements/statement-payments.controller.js';
import { ListStatementsHandler } from './statements/list-statements.handler.js';
import { ShowStatementHandler } from './statements/show-statement.handler.js';
import { StatementsController } from './statements/statements.controller.js';
import { ConnectStripeHandler } from './stripe-account/connect-stripe.handler.js';
import { StripeAccountController } from './stripe-account/stripe-account.controller.js';
import { BalanceReader } from './stripe-balance/balance-reader.js';
import { StripeBalanceController } from './stripe-balance/stripe-balance.controller.js';
import { NoteStripeEventHandler, ReadStripeBalanceHandler, ShowStripeBalanceHandler } from './stripe-balance/stripe-balance.handler.js';
import { StripeDesk } from './stripe-desk.js';
import { Refunder } from './stripe-refunds/refunder.js';
import { TransferSender } from './stripe-transfers/transfer-sender.js';
import { UndoClaimLineHandler } from './undo-claims/undo-claim-line.handler.js';
import { WhoGetsWhatController } from './who-gets-what/who-gets-what.controller.js';
import { WhoGetsOfRedemptionHandler, WhoGetsOfStatementHandler } from './who-gets-what/who-gets-what.handlers.js';

registerRefusals('settlement', REFUSALS);

const CONTROLLERS = [
  keyRequestPages('settlement', SettlementWork),
  BankAccountsController, BankStatementsController, BankLinesController, PayeesController,
  PayeeBankAccountsController, PayeeDestinationsController, PayeeVerificationsController, IbanSharesController,
  FeeRulesController, FeeBookController, ClosingRulesController, CarryOversController, StatementClosingsController,
  // Before the one statement: `history` is none's id.
  HoldsController, IncidentsController, PayoutStopsController, StatementHistoryController, StatementsController, AttestationController,
  StatementPaymentsController, StatementLinesController, NextPaymentController, OwnAccountController,
  BooksController, ReconciliationController,
  SettlementRunsController,
  RunReleaseController, RunPreviewController, PaymentsController, PaymentReportsController,
  OwedRefundsController, IdentifyBankLineController, PlaceInvoicesController, PayeeBillingController, WhoGetsWhatController,
  NettingController, PlaceChargeRulesController, DepartureChargesController,
  AllocationsController, EarlyPaymentRulesController, EarlyPaymentsController,
  SharingRulesController, CommonsPoolsController,
  LegalBodiesController, OwnMoneyController,
  DebitNotesController, DebitNoteLossesController, ClearStatementController, StripeAccountController, StripeBalanceController,
  totalsController('settlement'), ...queueControllers('settlement'),
];
const HANDLERS = [
  OpenBankAccountHandler, ListBankAccountsHandler, ImportBankStatementHandler, ListBankLinesHandler, TakeMatchHandler,
  TakeAccreditationHandler, CompletePayeeHandler, ListPayeesHandler, ProposeBankAccountHandler, ApproveBankAccountHandler,
  ListBankAccountVersionsHandler, ImportPayeeVerificationHandler, PublishFeeRuleHandler, ListFeeRulesHandler, ShowFeeBookHandler,
  PublishClosingRuleHandler, ListClosingRulesHandler, ShowClosingCalendarHandler, KeepProgrammeHandler, ListCarryOversHandler,
  ShowAttestationHandler, ListBalancesHandler, ListTransfersHandler, ShowReconciliationHandler, ListOpenLinesHandler,
  AccrueClaimLineHandler, AccrueClaimLinesHandler,
  UndoClaimLineHandler,
  TakePeriodTotalHandler, CloseStatementsHandler, ListHoldsHandler, ListHeldLinesHandler, ReviewHoldHandler,
  StateIncidentHandler, DecideIncidentHandler, ListIncidentsHandler, StopPayoutsHandler, LiftPayoutStopHandler, ListPayoutStopsHandler,
  IssueDebitNotesHandler, ListDebitNotesHandler, ShowDebitNoteHandler, ProposeLossHandler, DecideLossHandler,
  ListStatementsHandler, ShowStatementHandler, CreateRunHandler, PreviewRunHandler, ListRunsHandler, ApproveRunHandler, ReleaseRunHandler,
  CancelRunHandler, TakePaymentFileHandler, ListPaymentsHandler, ImportPaymentReportHandler, ListPaymentReportsHandler,
  ListReportedStatusesHandler, TakeRefundHandler, TakeReleasedCreditHandler, ListRefundsHandler, TakeBreakageHandler, KeepCheckpointHandler,
  KeepProofsHandler,
  KeepProgrammeHandler, GivePayeeBillingHandler, ListPlaceInvoicesHandler, ShowPlaceInvoiceHandler, ListWaitingPayeesHandler,
  WhoGetsOfRedemptionHandler, WhoGetsOfStatementHandler, ListStatementHistoryHandler, ListStatementPaymentsHandler,
  ListStatementLinesHandler, ShowNextPaymentHandler, ShowOwnAccountHandler,
  PublishNettingTermsHandler, AcceptNettingTermsHandler, ListNettingTermsHandler, ListNettingAcceptancesHandler,
  PublishChargeRuleHandler, ListChargeRulesHandler,
  IdentifyBankLineHandler, ConnectStripeHandler, TakeCardPaymentHandler, NoteStripeEventHandler, ReadStripeBalanceHandler,
  ShowStripeBalanceHandler, KeepMeasureHandler, KeepMeasureEndHandler, KeepDepartureHandler, KeepDepartureEndHandler,
  ShowDepartureChargesHandler, ClearStatementHandler,
  KeepAlertHandler, KeepAlertAppealHandler, KeepAlertAnswerHandler,
  ProposeIbanShareHandler, ApproveIbanShareHandler, WithdrawIbanShareHandler, ListIbanSharesHandler,
  ProposeDestinationHandler, ApproveDestinationHandler, ListDestinationsHandler,
  NameLegalBodyHandler, NameOperatorHandler, TakeEarnedTotalHandler, ShowOwnMoneyHandler,
  ProposeSharingRuleHandler, ConfirmSharingRuleHandler, WithdrawSharingRuleHandler, ListSharingRulesHandler,
  ListCommonsPoolsHandler, ListPoolMovementsHandler,
  PublishEarlyPaymentRuleHandler, ListEarlyPaymentRulesHandler, AskEarlyPaymentHandler, ShowEarlyOffersHandler, ListEarlyPaymentsHandler,
  ProposeAllocationHandler, GiveVoiceHandler, ListAllocationsHandler,
];

type InBackground = [BalanceReader, Refunder, TransferSender, TotalsPublisher, PlaceInvoiceIssuer, PlaceCharger, DebitNoteWatch];

const ceilingsOf = ({ firstRunsCeilingCents, paymentCeilingCents }: ServiceSettings): Partial<BreakerLimits> => ({
  ...(firstRunsCeilingCents !== undefined && { firstRunsCeiling: cents(firstRunsCeilingCents) }),
  ...(paymentCeilingCents !== undefined && { paymentCeiling: cents(paymentCeilingCents) }),
});

/** The treasury: what the bank says, what places are owed, and how they are paid. */
@Module({})
export class SettlementModule {
  static register(settings: ServiceSettings): DynamicModule {
    const work = openWork(settings);
    return {
      module: SettlementModule,
      imports: [CqrsModule],
      controllers: CONTROLLERS,
      providers: [
        { provide: SettlementWork, useValue: work }, { provide: QueueDesk, useValue: new QueueDesk(work) },
        { provide: TotalsPublisher, useValue: new TotalsPublisher(work, {
          programmeOf: 'null::uuid', stated: statedBalances, closedUpTo: CLOSED_UP_TO, waiting: `select (message ->> 'id')::uuid from settlement.parked_undo`,
        }) },
        { provide: HOLD_RULES, useValue: { holdFirstRemittance: settings.holdFirstRemittance ?? true } },
        { provide: OPERATOR, useValue: { known: settings.seller } },
        { provide: NoteParties, useValue: new NoteParties(settings.seller) },
        { provide: COOLING_OFF, useValue: settings.coolingOffHours ?? COOLING_OFF_HOURS },
        { provide: PLACE_FEE_CAP, useValue: settings.placeFeeCapBasisPoints ?? PLACE_FEE_CAP_BASIS_POINTS },
        { provide: PLACE_CHARGE_CAP, useValue: cents(settings.placeChargeCapCents ?? PLACE_CHARGE_CAP_CENTS) },
        { provide: BREAKER_RULES, useValue: { ...BREAKER_LIMITS, ...ceilingsOf(settings) } },
        { provide: StripeDesk, useValue: StripeDesk.of(settings) },
        { provide: PlaceInvoiceSeller, useValue: new PlaceInvoiceSeller(settings.seller) },
        BalanceReader, Refunder, TransferSender, PlaceInvoiceIssuer, PlaceCharger, DebitNoteWatch, PublicQuestions,
        { provide: HASH_IBAN, useValue: hashIbanWith(settings.keyring) },
        {
          provide: lifecycleToken('settlement'),
          inject: [CommandBus, BalanceReader, Refunder, TransferSender, TotalsPublisher, PlaceInvoiceIssuer, PlaceCharger, DebitNoteWatch],
          useFactory: (commands: CommandBus, ...[reader, refunder, sender, totals, issuer, charger, watch]: InBackground) =>
            new SettlementLifecycle(settings, work, commands, { reader, refunder, sender, totals, issuer, charger, watch }),
        },
        ...HANDLERS,
      ],
      exports: [lifecycleToken('settlement')],
    };
  }
}
