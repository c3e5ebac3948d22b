import { cents, dayIn } from '#libs/kernel';
import type Stripe from 'stripe';
import type { StripeClient } from './create-stripe.js';
import {
  StripeBalance, type DisputeState, type MovementKind, type MovementPage, type StripeMovement, type StripePayout,
} from './stripe-balance.js';
import { orFault } from './stripe-failure.js';

/** Stripe's own most. */
const PAGE = 100;

/** The port over Stripe (or over the fake, which the client cannot tell apart). */
export class StripeBalanceReader extends StripeBalance {
  constructor(private readonly stripe: StripeClient) {
    super();
  }

  override movements(after?: string): Promise<MovementPage> {
    return orFault(async () => {
      const page = await this.stripe.balanceTransactions.list({
        limit: PAGE, expand: ['data.source'], ...(after !== undefined && { starting_after: after }),
      });
      return { movements: page.data.map(movementOf), next: page.has_more ? page.data.at(-1)?.id : undefined };
    });
  }

  override findPayout(payoutId: string): Promise<StripePayout> {
    return orFault(async () => {
      const { id, amount, arrival_date: arrival, statement_descriptor: descriptor, trace_id: trace, livemode } =
        await this.stripe.payouts.retrieve(payoutId);
      return {
        payoutId: id, amountCents: cents(amount), livemode,
        // Stripe dates an arrival by the midnight of its day in UTC.
        arrivesOn: dayIn('UTC', new Date(arrival * 1000)), descriptor: descriptor ?? undefined, traceId: trace?.value ?? undefined,
      };
    });
  }

  override findDispute(disputeId: string): Promise<DisputeState> {
    // Disputes have ids of their own; a failed debit is named by its charge.
    if (!/^(dp|du)_/.test(disputeId)) return Promise.resolve('lost');
    return orFault(async () => DISPUTE_STATES[(await this.stripe.disputes.retrieve(disputeId)).status] ?? 'open');
  }
}

function movementOf(transaction: Stripe.BalanceTransaction): StripeMovement {
  const { id, amount, fee, net, currency, type, source, created, available_on: available } = transaction;
  const object = typeof source === 'object' && source !== null ? source : undefined;
  const sourceId = typeof source === 'string' ? source : object?.id;
  const payment = object && 'payment_intent' in object ? object.payment_intent as string | { id: string } | null : undefined;
  return {
    movementId: id, stripeType: type, kind: kindOf(transaction), amountCents: cents(amount), feeCents: cents(fee), netCents: cents(net),
    currency: currency.toUpperCase(), paymentId: (typeof payment === 'string' ? payment : payment?.id) ?? undefined, sourceId,
    refundId: object?.object === 'refund' ? object.metadata?.['refund_id'] : undefined,
    payoutId: type === 'payout' ? sourceId : undefined,
    transferId: object?.object === 'transfer' ? object.id : object?.object === 'transfer_reversal' ? idOf(object.transfer) : undefined,
    transferPaymentId: object?.object === 'transfer' ? object.metadata['payment_id'] : undefined,
    createdAt: new Date(created * 1000), availableAt: new Date(available * 1000),
  };
}

const idOf = (named: string | { id: string }): string => (typeof named === 'string' ? named : named.id);

/**
 * By Stripe's reporting category, because its types differ by method: the charge of a transfer is a `payment`, and both
 * sides of a dispute are an `adjustment`. What goes the other way is something that a person has to explain.
 */
function kindOf({ reporting_category: category, amount }: Stripe.BalanceTransaction): MovementKind {
  const [kind, direction] = KINDS[category] ?? ['other', 0];
  return amount * direction > 0 ? kind : 'other';
}

const KINDS: Readonly<Record<string, readonly [MovementKind, 1 | -1]>> = {
  charge: ['charge', 1], payout: ['payout', -1], refund: ['refund', -1], refund_failure: ['refund_failure', 1],
  dispute: ['dispute', -1], dispute_reversal: ['dispute_reversal', 1],
  // A debit that failed after its money was there.
  charge_failure: ['dispute', -1],
  transfer: ['transfer', -1], transfer_reversal: ['transfer_reversal', 1],
};

const DISPUTE_STATES: Readonly<Record<string, DisputeState>> = { won: 'won', lost: 'lost' };
