// The routing table, drawn from the contracts: which message goes to whom. The relay fans out by it; at boot the
// consumer host checks that each message routed to its service has exactly one consumer, and each consumer a route.
import { type Contract, type Service } from './message.js';
import { AllocationVotedV1 } from './messages/allocation-voted.v1.js';
import { AlertAppealAnsweredV1 } from './messages/alert-appeal-answered.v1.js';
import { AlertAppealStatedV1 } from './messages/alert-appeal-stated.v1.js';
import { AlertUpheldV1 } from './messages/alert-upheld.v1.js';
import { ApiKeyEndedV1 } from './messages/api-key-ended.v1.js';
import { ApiKeyMadeV1 } from './messages/api-key-made.v1.js';
import { BankCreditBookedV1 } from './messages/bank-credit-booked.v1.js';
import { BankCreditReleasedV1 } from './messages/bank-credit-released.v1.js';
import { BatchCreatedV1 } from './messages/batch-created.v1.js';
import { BatchExpiryDueV1 } from './messages/batch-expiry-due.v1.js';
import { BatchExtendedV1 } from './messages/batch-extended.v1.js';
import { BatchFrozenV1 } from './messages/batch-frozen.v1.js';
import { BatchKeyDestroyedV1 } from './messages/batch-key-destroyed.v1.js';
import { CheckpointPublishedV1 } from './messages/checkpoint-published.v1.js';
import { ClaimLineHeldV1 } from './messages/claim-line-held.v1.js';
import { ClaimLineRejectedV1 } from './messages/claim-line-rejected.v1.js';
import { ClaimLineReleasedV1 } from './messages/claim-line-released.v1.js';
import { ClosingDueV1 } from './messages/closing-due.v1.js';
import { ClosingRulePublishedV1 } from './messages/closing-rule-published.v1.js';
import { CommonsContributedV1 } from './messages/commons-contributed.v1.js';
import { ContradictoryStatementSignedV1 } from './messages/contradictory-statement-signed.v1.js';
import { ControlTotalsPublishedV1 } from './messages/control-totals-published.v1.js';
import { CreditNoteIssuedV1 } from './messages/credit-note-issued.v1.js';
import { DebitNoteIssuedV1 } from './messages/debit-note-issued.v1.js';
import { DebitNoteLostV1 } from './messages/debit-note-lost.v1.js';
import { DebitNotePaidV1 } from './messages/debit-note-paid.v1.js';
import { DeviceEnrolledV1 } from './messages/device-enrolled.v1.js';
import { DeviceRevokedV1 } from './messages/device-revoked.v1.js';
import { DeviceRuleSetV1 } from './messages/device-rule-set.v1.js';
import { EarlyPaymentLapsedV1 } from './messages/early-payment-lapsed.v1.js';
import { EarlyPaymentNettedV1 } from './messages/early-payment-netted.v1.js';
import { EarlyPaymentRulePublishedV1 } from './messages/early-payment-rule-published.v1.js';
import { SharingRulePublishedV1 } from './messages/sharing-rule-published.v1.js';
import { EarlyPaymentSetAsideV1 } from './messages/early-payment-set-aside.v1.js';
import { ExpiryRunFinishedV1 } from './messages/expiry-run-finished.v1.js';
import { FeeChangeAnnouncedV1 } from './messages/fee-change-announced.v1.js';
import { FeeRulePublishedV1 } from './messages/fee-rule-published.v1.js';
import { FindingFollowedV1 } from './messages/finding-followed.v1.js';
import { ImpersonationBegunV1 } from './messages/impersonation-begun.v1.js';
import { ImpersonationEndedV1 } from './messages/impersonation-ended.v1.js';
import { ImpersonationReadV1 } from './messages/impersonation-read.v1.js';
import { IncidentPostedV1 } from './messages/incident-posted.v1.js';
import { InvariantBrokenV1 } from './messages/invariant-broken.v1.js';
import { InvoiceIssuedV1 } from './messages/invoice-issued.v1.js';
import { LedgerPostedV1 } from './messages/ledger-posted.v1.js';
import { LedgerTallyAnnouncedV1 } from './messages/ledger-tally-announced.v1.js';
import { MandateEndedV1 } from './messages/mandate-ended.v1.js';
import { MandateGivenV1 } from './messages/mandate-given.v1.js';
import { MandateReadV1 } from './messages/mandate-read.v1.js';
import { MemberAddedV1 } from './messages/member-added.v1.js';
import { MemberConfirmedV1 } from './messages/member-confirmed.v1.js';
import { MemberRemovedV1 } from './messages/member-removed.v1.js';
import { NationalPoolRulePublishedV1 } from './messages/national-pool-rule-published.v1.js';
import { SharingRuleWithdrawnV1 } from './messages/sharing-rule-withdrawn.v1.js';
import { NettingTermsAcceptedV1 } from './messages/netting-terms-accepted.v1.js';
import { NettingTermsPublishedV1 } from './messages/netting-terms-published.v1.js';
import { OrganisationCreatedV1 } from './messages/organisation-created.v1.js';
import { PasskeyChangedV1 } from './messages/passkey-changed.v1.js';
import { PayeeBankChangedV1 } from './messages/payee-bank-changed.v1.js';
import { PayeeBlockedV1 } from './messages/payee-blocked.v1.js';
import { PayeeValidatedV1 } from './messages/payee-validated.v1.js';
import { PaymentBookedV1 } from './messages/payment-booked.v1.js';
import { PaymentDisputeClosedV1 } from './messages/payment-dispute-closed.v1.js';
import { PaymentDisputedV1 } from './messages/payment-disputed.v1.js';
import { PaymentFileReleasedV1 } from './messages/payment-file-released.v1.js';
import { PaymentRefundFailedV1 } from './messages/payment-refund-failed.v1.js';
import { PaymentRefundedV1 } from './messages/payment-refunded.v1.js';
import { PaymentRejectedV1 } from './messages/payment-rejected.v1.js';
import { PaymentReturnedV1 } from './messages/payment-returned.v1.js';
import { PaymentSucceededV1 } from './messages/payment-succeeded.v1.js';
import { PaymentTransferRefusedV1 } from './messages/payment-transfer-refused.v1.js';
import { PaymentTransferReversedV1 } from './messages/payment-transfer-reversed.v1.js';
import { PaymentTransferredV1 } from './messages/payment-transferred.v1.js';
import { PayoutStopLiftedV1 } from './messages/payout-stop-lifted.v1.js';
import { PlaceAccreditedV1 } from './messages/place-accredited.v1.js';
import { PlaceAppealAnsweredV1 } from './messages/place-appeal-answered.v1.js';
import { PlaceAppealStatedV1 } from './messages/place-appeal-stated.v1.js';
import { PlaceApplicationReviewedV1 } from './messages/place-application-reviewed.v1.js';
import { PlaceApplicationSubmittedV1 } from './messages/place-application-submitted.v1.js';
import { PlaceDepartureEndedV1 } from './messages/place-departure-ended.v1.js';
import { PlaceDepartureStatedV1 } from './messages/place-departure-stated.v1.js';
import { PayeeDocumentsIssuedV1 } from './messages/payee-documents-issued.v1.js';
import { PlaceChargeAnnouncedV1 } from './messages/place-charge-announced.v1.js';
import { PlaceChargeBilledV1 } from './messages/place-charge-billed.v1.js';
import { PlaceChargeRulePublishedV1 } from './messages/place-charge-rule-published.v1.js';
import { PlaceInvoicePaidV1 } from './messages/place-invoice-paid.v1.js';
import { PlaceFeeBilledV1 } from './messages/place-fee-billed.v1.js';
import { PlaceInvoiceIssuedV1 } from './messages/place-invoice-issued.v1.js';
import { PlaceReinstatedV1 } from './messages/place-reinstated.v1.js';
import { PlaceSuspendedV1 } from './messages/place-suspended.v1.js';
import { PlaceWithdrawnV1 } from './messages/place-withdrawn.v1.js';
import { PrintFileTakenV1 } from './messages/print-file-taken.v1.js';
import { ProgrammePublishedV1 } from './messages/programme-published.v1.js';
import { RangeActivatedV1 } from './messages/range-activated.v1.js';
import { RangeGivenBackV1 } from './messages/range-given-back.v1.js';
import { RangeHandedOverV1 } from './messages/range-handed-over.v1.js';
import { RangeLostV1 } from './messages/range-lost.v1.js';
import { RangeReceivedV1 } from './messages/range-received.v1.js';
import { RangeReturnedV1 } from './messages/range-returned.v1.js';
import { RangeSpendableV1 } from './messages/range-spendable.v1.js';
import { RangeWrittenOffV1 } from './messages/range-written-off.v1.js';
import { ReceiptMatchedV1 } from './messages/receipt-matched.v1.js';
import { RedemptionPeriodTotalledV1 } from './messages/redemption-period-totalled.v1.js';
import { RedemptionUndoneV1 } from './messages/redemption-undone.v1.js';
import { RefundRequestedV1 } from './messages/refund-requested.v1.js';
import { SecondFactorChangedV1 } from './messages/second-factor-changed.v1.js';
import { StatementClosedV1 } from './messages/statement-closed.v1.js';
import { StatementsProvedV1 } from './messages/statements-proved.v1.js';
import { StripeAccountConnectedV1 } from './messages/stripe-account-connected.v1.js';
import { StripePayoutArrivedV1 } from './messages/stripe-payout-arrived.v1.js';
import { TariffPublishedV1 } from './messages/tariff-published.v1.js';
import { TimeToPayMeasuredV1 } from './messages/time-to-pay-measured.v1.js';
import { TillAlarmRaisedV1 } from './messages/till-alarm-raised.v1.js';
import { UpstreamFeeRulePublishedV1 } from './messages/upstream-fee-rule-published.v1.js';
import { VintageNoticeDueV1 } from './messages/vintage-notice-due.v1.js';
import { VintageSignedOffV1 } from './messages/vintage-signed-off.v1.js';
import { VoucherAuthorisedV1 } from './messages/voucher-authorised.v1.js';
import { VoucherChunkLoadedV1 } from './messages/voucher-chunk-loaded.v1.js';
import { VoucherChunkMintedV1 } from './messages/voucher-chunk-minted.v1.js';
import { VoucherExpiredChunkV1 } from './messages/voucher-expired-chunk.v1.js';
import { VoucherRedeemedV1 } from './messages/voucher-redeemed.v1.js';
import { VoucherReleasedV1 } from './messages/voucher-released.v1.js';
import { VoucherReplacedV1 } from './messages/voucher-replaced.v1.js';
import { VoucherStoppedV1 } from './messages/voucher-stopped.v1.js';

export const MESSAGES: readonly Contract[] = [
  AllocationVotedV1 as Contract,
  AlertAppealAnsweredV1 as Contract,
  AlertAppealStatedV1 as Contract,
  AlertUpheldV1 as Contract,
  ApiKeyEndedV1 as Contract,
  ApiKeyMadeV1 as Contract,
  BankCreditBookedV1 as Contract,
  BankCreditReleasedV1 as Contract,
  BatchCreatedV1 as Contract,
  BatchExpiryDueV1 as Contract,
  BatchExtendedV1 as Contract,
  BatchFrozenV1 as Contract,
  BatchKeyDestroyedV1 as Contract,
  CheckpointPublishedV1 as Contract,
  ClaimLineHeldV1 as Contract,
  ClaimLineRejectedV1 as Contract,
  ClaimLineReleasedV1 as Contract,
  ClosingDueV1 as Contract,
  ClosingRulePublishedV1 as Contract,
  CommonsContributedV1 as Contract,
  ContradictoryStatementSignedV1 as Contract,
  ControlTotalsPublishedV1 as Contract,
  CreditNoteIssuedV1 as Contract,
  DebitNoteIssuedV1 as Contract,
  DebitNoteLostV1 as Contract,
  DebitNotePaidV1 as Contract,
  DeviceEnrolledV1 as Contract,
  DeviceRevokedV1 as Contract,
  DeviceRuleSetV1 as Contract,
  EarlyPaymentLapsedV1 as Contract,
  EarlyPaymentNettedV1 as Contract,
  EarlyPaymentRulePublishedV1 as Contract,
  SharingRulePublishedV1 as Contract,
  SharingRuleWithdrawnV1 as Contract,
  EarlyPaymentSetAsideV1 as Contract,
  ExpiryRunFinishedV1 as Contract,
  FeeChangeAnnouncedV1 as Contract,
  FeeRulePublishedV1 as Contract,
  FindingFollowedV1 as Contract,
  ImpersonationBegunV1 as Contract,
  ImpersonationEndedV1 as Contract,
  ImpersonationReadV1 as Contract,
  IncidentPostedV1 as Contract,
  InvariantBrokenV1 as Contract,
  InvoiceIssuedV1 as Contract,
  LedgerPostedV1 as Contract,
  LedgerTallyAnnouncedV1 as Contract,
  MandateEndedV1 as Contract,
  MandateGivenV1 as Contract,
  MandateReadV1 as Contract,
  MemberAddedV1 as Contract,
  MemberConfirmedV1 as Contract,
  MemberRemovedV1 as Contract,
  NationalPoolRulePublishedV1 as Contract,
  NettingTermsAcceptedV1 as Contract,
  NettingTermsPublishedV1 as Contract,
  OrganisationCreatedV1 as Contract,
  PayeeBankChangedV1 as Contract,
  PayeeBlockedV1 as Contract,
  PayeeValidatedV1 as Contract,
  PaymentBookedV1 as Contract,
  PaymentDisputeClosedV1 as Contract,
  PaymentDisputedV1 as Contract,
  PaymentFileReleasedV1 as Contract,
  PaymentRefundFailedV1 as Contract,
  PaymentRefundedV1 as Contract,
  PaymentRejectedV1 as Contract,
  PaymentReturnedV1 as Contract,
  PaymentSucceededV1 as Contract,
  PaymentTransferRefusedV1 as Contract,
  PaymentTransferReversedV1 as Contract,
  PaymentTransferredV1 as Contract,
  PayoutStopLiftedV1 as Contract,
  PlaceAccreditedV1 as Contract,
  PlaceAppealAnsweredV1 as Contract,
  PlaceAppealStatedV1 as Contract,
  PlaceApplicationReviewedV1 as Contract,
  PlaceApplicationSubmittedV1 as Contract,
  PlaceDepartureEndedV1 as Contract,
  PlaceDepartureStatedV1 as Contract,
  PayeeDocumentsIssuedV1 as Contract,
  PlaceChargeAnnouncedV1 as Contract,
  PlaceChargeBilledV1 as Contract,
  PlaceChargeRulePublishedV1 as Contract,
  PlaceInvoicePaidV1 as Contract,
  PlaceFeeBilledV1 as Contract,
  PlaceInvoiceIssuedV1 as Contract,
  PlaceReinstatedV1 as Contract,
  PlaceSuspendedV1 as Contract,
  PlaceWithdrawnV1 as Contract,
  PrintFileTakenV1 as Contract,
  ProgrammePublishedV1 as Contract,
  RangeActivatedV1 as Contract,
  RangeGivenBackV1 as Contract,
  RangeHandedOverV1 as Contract,
  RangeLostV1 as Contract,
  RangeReceivedV1 as Contract,
  RangeReturnedV1 as Contract,
  RangeSpendableV1 as Contract,
  RangeWrittenOffV1 as Contract,
  ReceiptMatchedV1 as Contract,
  RedemptionPeriodTotalledV1 as Contract,
  RedemptionUndoneV1 as Contract,
  RefundRequestedV1 as Contract,
  PasskeyChangedV1 as Contract,
  SecondFactorChangedV1 as Contract,
  StatementClosedV1 as Contract,
  StatementsProvedV1 as Contract,
  StripeAccountConnectedV1 as Contract,
  StripePayoutArrivedV1 as Contract,
  TariffPublishedV1 as Contract,
  TimeToPayMeasuredV1 as Contract,
  TillAlarmRaisedV1 as Contract,
  UpstreamFeeRulePublishedV1 as Contract,
  VintageNoticeDueV1 as Contract,
  VintageSignedOffV1 as Contract,
  VoucherAuthorisedV1 as Contract,
  VoucherChunkLoadedV1 as Contract,
  VoucherChunkMintedV1 as Contract,
  VoucherExpiredChunkV1 as Contract,
  VoucherRedeemedV1 as Contract,
  VoucherReleasedV1 as Contract,
  VoucherReplacedV1 as Contract,
  VoucherStoppedV1 as Contract,
];

const byType = new Map(MESSAGES.map((contract) => [contract.type, contract]));

/** Undefined for a type that this version does not know: the receiver keeps such a message as a dead letter. */
export const contractOf = (type: string): Contract | undefined => byType.get(type);

/** Every receiver of a type, audit included. A service may be its own: what settlement finds broken stops its pay-outs as others' does. */
export function receiversOf(type: string, sender: Service): readonly Service[] {
  const contract = byType.get(type);
  if (!contract) throw new RangeError(`no contract for ${type}`);
  return sender === 'audit' ? contract.to : [...contract.to, 'audit'];
}

/** The types that `receiver` must have a consumer for; audit takes all of them with one. */
export function typesFor(receiver: Service): readonly string[] {
  return MESSAGES.filter(({ to }) => receiver === 'audit' || to.includes(receiver)).map(({ type }) => type);
}
