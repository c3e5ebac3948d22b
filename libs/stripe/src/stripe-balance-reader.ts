import { cents, dayIn } from '#libs/kernel';
import type Stripe from 'stripe';
import type { StripeClient } from './create-stripe.js';
import { StripeBalance, type MovementPage, type StripeMovement, type StripePayout } from './stripe-balance.js';
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
}

function movementOf(transaction: Stripe.BalanceTransaction): StripeMovement {
  const { id, amount, fee, net, currency, type, source, created } = transaction;
  const object = typeof source === 'object' && source !== null ? source : undefined;
  const sourceId = typeof source === 'string' ? source : object?.id;
  const payment = object?.object === 'charge' ? object.payment_intent : undefined;
  return {
    movementId: id, stripeType: type, kind: kindOf(type, amount), amountCents: cents(amount), feeCents: cents(fee), netCents: cents(net),
    currency: currency.toUpperCase(), paymentId: typeof payment === 'string' ? payment : payment?.id,
    payoutId: type === 'payout' ? sourceId : undefined, createdAt: new Date(created * 1000),
  };
}

/** A charge brings money and a payout takes it. What goes the other way is something that a person has to explain. */
function kindOf(type: string, amount: number): StripeMovement['kind'] {
  if (type === 'charge') return amount > 0 ? 'charge' : 'other';
  return type === 'payout' && amount < 0 ? 'payout' : 'other';
}
