// Reads Stripe's own list of what moved our balance, and posts what is new, in one transaction. All it knows is in the
// database: a movement's row makes its posting once, however often and from how many processes it is read.
import { Injectable } from '@nestjs/common';
import { assert, isRejected, reject, sum, toWire, type BankAccountId, type Rejected } from '#libs/kernel';
import type { Meta, Tx } from '#libs/persistence';
import type { StripeBalance, StripeMovement, StripePayout } from '#libs/stripe';
import { lockByName } from '../database.store.js';
import {
  ANNOUNCED_PAYOUTS_MAX, STRIPE_DISPUTES_MAX, STRIPE_EVENTS_MAX, STRIPE_MOVEMENTS_MAX, STRIPE_TRACES_MAX,
} from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { stripeAccount } from '../stripe-account/stripe-account.store.js';
import { StripeDesk } from '../stripe-desk.js';
import { bookDisputes } from '../stripe-disputes/book-disputes.js';
import { openDisputes, type DisputedCharge } from '../stripe-disputes/dispute.store.js';
import { settleReturned } from '../stripe-refunds/settle-refund.js';
import { settleReversals } from '../stripe-transfers/settle-transfer.js';
import { nameUnknownPayouts } from './name-unknown-payouts.js';
import type { ReadBalance } from './stripe-balance.command.js';
import { movementPosting } from './stripe-balance.decision.js';
import { noteOutcome, waitingEvents } from './stripe-event.store.js';
import { insertMovements, knownMovements } from './stripe-movement.store.js';
import { announcedPayouts, insertPayouts, noteTrace } from './stripe-payout.store.js';

type Read = Readonly<{
  movements: readonly StripeMovement[]; payouts: ReadonlyMap<string, StripePayout>; traced: readonly StripePayout[];
  lost: readonly DisputedCharge[];
}>;

@Injectable()
export class BalanceReader {
  private announce: () => void = () => undefined;

  constructor(private readonly work: SettlementWork, private readonly desk: StripeDesk) {}

  /** An event is there. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  async idle(): Promise<boolean> {
    return !this.desk.open || (await waitingEvents(this.work.client, 1)).length === 0;
  }

  /**
   * For the events that wait: one reading covers all of them, because it reads everything that is new. `evenWithout`: read
   * all the same, for those that never come.
   */
  async readWaiting(evenWithout = false): Promise<void> {
    if (!this.desk.open) return;
    const eventIds = await waitingEvents(this.work.client, STRIPE_EVENTS_MAX);
    if (eventIds.length === 0 && !evenWithout) return;
    const meta: Meta = { kind: 'process', name: 'balance-reader', correlationId: 'stripe' };
    const read = await this.read(meta);
    assert(!isRejected(read) || read.code === 'stripe_account_missing', `the balance at Stripe cannot be read: ${isRejected(read) && read.code}`);
    if (eventIds.length > 0) await this.work.once(meta, (tx) => noteOutcome(tx, eventIds, isRejected(read) ? 'not_connected' : 'balance_read'));
  }

  async read(meta: Meta): Promise<ReadBalance | Rejected> {
    const { open } = this.desk;
    if (!open) return reject('card_payments_off');
    const account = await stripeAccount(this.work.client);
    if (!account) return reject('stripe_account_missing');
    const movements = await this.newMovements(open.balance);
    if (isRejected(movements)) return movements;
    const payouts = await this.payoutsOf(open.balance, movements);
    const traced = await this.tracesOf(open.balance, account);
    const lost = await this.lostDisputes(open.balance);
    return this.work.once<ReadBalance | Rejected>(meta, (tx) => book(tx, account, { movements, payouts, traced, lost }));
  }

  /** Down to the first page that holds something known: whatever is below it was read with it, in one transaction. */
  private async newMovements(balance: StripeBalance): Promise<StripeMovement[] | Rejected> {
    const found: StripeMovement[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { movements, next } = await balance.movements(after);
      const known = await knownMovements(this.work.client, movements.map(({ movementId }) => movementId));
      found.push(...movements.filter(({ movementId }) => !known.has(movementId)));
      if (found.length > STRIPE_MOVEMENTS_MAX) return reject('stripe_balance_too_long', { movementsMax: STRIPE_MOVEMENTS_MAX });
      [after, more] = [next, next !== undefined && known.size === 0];
    }
    return found.some(({ currency }) => currency !== 'EUR') ? reject('stripe_currency_unsupported') : found;
  }

  private async payoutsOf(balance: StripeBalance, movements: readonly StripeMovement[]): Promise<ReadonlyMap<string, StripePayout>> {
    const payouts = new Map<string, StripePayout>();
    for (const { movementId, payoutId } of movements) if (payoutId) payouts.set(movementId, await balance.findPayout(payoutId));
    return payouts;
  }

  /** Those that are won show as a movement; of those that are lost nothing moves, so they are asked for. */
  private async lostDisputes(balance: StripeBalance): Promise<DisputedCharge[]> {
    const lost: DisputedCharge[] = [];
    for (const dispute of await openDisputes(this.work.client, STRIPE_DISPUTES_MAX)) {
      if (await balance.findDispute(dispute.disputeId) === 'lost') lost.push(dispute);
    }
    return lost;
  }

  private async tracesOf(balance: StripeBalance, account: BankAccountId): Promise<StripePayout[]> {
    const waiting = (await announcedPayouts(this.work.client, account, STRIPE_TRACES_MAX)).filter(({ traceId }) => traceId === null);
    const found: StripePayout[] = [];
    for (const { payoutId } of waiting) found.push(await balance.findPayout(payoutId));
    return found;
  }
}

async function book(tx: Tx, account: BankAccountId, { movements, payouts, traced, lost }: Read): Promise<ReadBalance> {
  // With bank statements: a statement that is imported now either sees the payout announced, or is seen here.
  await lockByName(tx, 'bank statements');
  const known = await knownMovements(tx.sql, movements.map(({ movementId }) => movementId));
  const fresh = movements.filter(({ movementId }) => !known.has(movementId)).reverse();
  const postings = fresh.map((movement) => ({ movement, posting: movementPosting(account, movement) }));
  const posted = postings.flatMap(({ movement, posting }) => (posting ? [{ movement, posting }] : []));
  const eventIds = await tx.postAll(posted.map(({ movement, posting }) => ({ posting, reference: `stripe:${movement.movementId}`.slice(0, 100) })));
  const eventOf = new Map(posted.map(({ movement }, at) => [movement.movementId, eventIds[at]!]));
  await insertMovements(tx, account, fresh.map((movement) => ({ ...movement, eventId: eventOf.get(movement.movementId) ?? null })));
  const announced = fresh.flatMap(({ kind, movementId }) => (kind === 'payout' ? [{ ...payouts.get(movementId)!, movementId }] : []));
  await insertPayouts(tx, account, announced);
  await bookDisputes(tx, lost);
  await settleReturned(tx);
  await settleReversals(tx);
  for (const { payoutId, traceId } of traced) if (traceId !== undefined) await noteTrace(tx, payoutId, traceId);
  const arrived = await nameUnknownPayouts(tx, account, await announcedPayouts(tx.sql, account, ANNOUNCED_PAYOUTS_MAX));
  const fees = sum(fresh.filter(({ kind }) => kind === 'charge').map(({ feeCents }) => feeCents));
  return { movements: fresh.length, feesCents: toWire(fees), payouts: announced.length, arrived };
}
