import { assert, cents, toWire } from '#libs/kernel';
import type Stripe from 'stripe';
import type { StripeClient } from './create-stripe.js';
import { orFault, refusing } from './stripe-failure.js';
import { StripeTransfers, type FoundDestination, type SentTransfer, type TransferQuestion, type TransferRequest } from './stripe-transfers.js';

/** Stripe's own most. */
const PAGE = 100;
/** Transfers of one run to one account: one, unless somebody made others by hand. */
const TRANSFERS_MAX = 1_000;

/** The port over Stripe (or over the fake, which the client cannot tell apart). */
export class StripeConnect extends StripeTransfers {
  constructor(private readonly stripe: StripeClient) {
    super();
  }

  override findDestination(accountId: string) {
    return refusing(['destination_not_found'], async () => destinationOf(await this.stripe.accounts.retrieve(accountId)), BY_ACCOUNT);
  }

  override send({ paymentId, destination, amountCents, group, text, idempotencyKey }: TransferRequest) {
    assert(idempotencyKey.length > 0 && idempotencyKey.length <= 255, 'an idempotency key has 1 to 255 characters');
    return refusing(TRANSFER_REFUSALS, async () => transferOf(await this.stripe.transfers.create(
      {
        amount: toWire(amountCents), currency: 'eur', destination, transfer_group: group, description: text, metadata: { payment_id: paymentId },
      },
      { idempotencyKey },
    )), BY_TRANSFER);
  }

  override find({ paymentId, destination, group }: TransferQuestion): Promise<readonly SentTransfer[]> {
    return orFault(async () => {
      const listed = this.stripe.transfers.list({ destination, transfer_group: group, limit: PAGE });
      const found = await listed.autoPagingToArray({ limit: TRANSFERS_MAX });
      return found.filter(({ metadata }) => metadata['payment_id'] === paymentId).map(transferOf);
    });
  }
}

/** An id that is nobody's, and one that is not of our platform, are answered alike. */
const BY_ACCOUNT = { account_invalid: 'destination_not_found', resource_missing: 'destination_not_found' } as const;
const TRANSFER_REFUSALS = [
  'balance_insufficient', 'destination_closed', 'destination_not_able', 'transfer_not_allowed', 'idempotency_key_reused',
] as const;
/** What is not here is a fault: it leaves open whether money moved, and a person looks. */
const BY_TRANSFER = {
  balance_insufficient: 'balance_insufficient', resource_missing: 'destination_closed', account_invalid: 'destination_closed',
  account_closed: 'destination_closed', insufficient_capabilities_for_transfer: 'destination_not_able',
  transfers_not_allowed: 'transfer_not_allowed',
} as const;

function destinationOf(account: Stripe.Account): FoundDestination {
  const { id, country, business_profile: profile, company, payouts_enabled, capabilities } = account;
  return {
    kind: 'destination', accountId: id, country: country?.toUpperCase(), businessName: profile?.name || company?.name || undefined,
    paysOut: payouts_enabled, takesTransfers: capabilities?.transfers === 'active',
  };
}

const idOf = (named: string | { id: string } | null): string | undefined => (typeof named === 'string' ? named : named?.id);

function transferOf({ id, amount, balance_transaction: line, destination }: Stripe.Transfer): SentTransfer {
  const to = idOf(destination);
  assert(to !== undefined, `the transfer ${id} goes nowhere`);
  return {
    kind: 'transfer', transferId: id, movementId: idOf(line), amountCents: cents(amount),
    destination: to,
  };
}
