// The port: what the treasury may ask of Stripe Connect, in our words: money from our balance to the Stripe account of a payee.
import type { Cents, Rejected } from '#libs/kernel';

/** Whom a transfer goes to, as Stripe knows it at this moment. */
export type FoundDestination = Readonly<{
  kind: 'destination';
  /** `acct_…`. */
  accountId: string;
  /** ISO 3166, two capitals; undefined where Stripe does not tell. */
  country: string | undefined;
  /** Of the business, where Stripe tells it: shown beside the legal name, and no proof of it. */
  businessName: string | undefined;
  /** Its bank is paid from it. */
  paysOut: boolean;
  /** It may be sent money by others. */
  takesTransfers: boolean;
}>;

export type TransferRequest = Readonly<{
  paymentId: string;
  destination: string;
  amountCents: Cents;
  /** Binds the transfers of one run; with the destination it is what they are found by. */
  group: string;
  /** Read by the payee beside the money. */
  text: string;
  idempotencyKey: string;
}>;
export type SentTransfer = Readonly<{
  kind: 'transfer';
  transferId: string;
  /** Its line in the list of what moved our balance; undefined while Stripe has not made it. */
  movementId: string | undefined;
  amountCents: Cents;
  destination: string;
}>;
/** By what Stripe keeps of it for ever, unlike the idempotency key. */
export type TransferQuestion = Pick<TransferRequest, 'paymentId' | 'destination' | 'group'>;

/**
 * Nothing moved, and nothing will by this request. `destination_closed` and `destination_not_able` are about the payee's account,
 * `balance_insufficient` is about ours, `transfer_not_allowed` about neither that Stripe would name.
 */
export type TransferRefusal = Rejected<
  'balance_insufficient' | 'destination_closed' | 'destination_not_able' | 'transfer_not_allowed' | 'idempotency_key_reused'>;

/** An abstract class, so that it can be asked for by name where things are injected. */
export abstract class StripeTransfers {
  abstract findDestination(accountId: string): Promise<FoundDestination | Rejected<'destination_not_found'>>;
  abstract send(request: TransferRequest): Promise<SentTransfer | TransferRefusal>;
  /** All that bear the payment's id: one at most, or somebody has been paid twice. Ask before a transfer is sent anew. */
  abstract find(question: TransferQuestion): Promise<readonly SentTransfer[]>;
}
