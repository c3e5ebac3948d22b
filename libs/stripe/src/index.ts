export { CardPaymentFault, CardPayments } from './card-payments.js';
export type {
  CheckoutRefusal, CheckoutRequest, CustomerRequest, EventPage, FindRefusal, FoundPayment, OpenedCheckout, PaymentMethod, PaymentState,
  RefundQuestion, RefundRefusal, RefundRequest, StartedRefund,
} from './card-payments.js';
export { createStripe, STRIPE_API_VERSION, StripeSettingsFault } from './create-stripe.js';
export type { StripeClient, StripeSettings } from './create-stripe.js';
export { FaultPlan } from './fake/fault-plan.js';
export type { FaultRates } from './fake/fault-plan.js';
export { FakeStripe } from './fake/fake-stripe.js';
export type { Delivery, FakeStripeOptions } from './fake/fake-stripe.js';
export type { InjectedFault } from './fake/fault-plan.js';
export { MOVEMENT_KINDS, StripeBalance } from './stripe-balance.js';
export type { DisputeState, MovementKind, MovementPage, StripeMovement, StripePayout } from './stripe-balance.js';
export { StripeCardPayments } from './stripe-card-payments.js';
export { StripeConnect } from './stripe-connect.js';
export { StripeTransfers } from './stripe-transfers.js';
export type {
  FoundDestination, SentTransfer, TransferQuestion, TransferRefusal, TransferRequest,
} from './stripe-transfers.js';
export { StripeBalanceReader } from './stripe-balance-reader.js';
export { parseStripeEvent } from './stripe-event.js';
export type { StripeEvent } from './stripe-event.js';
export { verifyWebhook } from './verify-webhook.js';
export type { VerifiedWebhook, WebhookRefusal } from './verify-webhook.js';
