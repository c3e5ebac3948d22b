import { StripePayoutArrivedV1 } from '#libs/contracts';
import { cents, toWire, type BankAccountId, type BankLineId, type Cents } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { StripePayout } from '#libs/stripe';
import { bankLineReference } from '../bank-statements/bank-posting.decision.js';
import type { AnnouncedPayout, CreditLine } from './stripe-balance.decision.js';

type PayoutRow = Omit<AnnouncedPayout, 'amount'> & { amount: bigint };

export async function insertPayouts(
  tx: Tx, bankAccountId: BankAccountId, payouts: readonly (StripePayout & Readonly<{ movementId: string }>)[],
): Promise<void> {
  if (payouts.length === 0) return;
  const rows = JSON.stringify(payouts.map(({ payoutId, movementId, amountCents, arrivesOn, descriptor, traceId }) => ({
    id: payoutId, movement_id: movementId, amount: amountCents.toString(), arrives_on: arrivesOn, descriptor: descriptor ?? null,
    trace_id: traceId ?? null,
  })));
  await tx.sql.$executeRaw`
    insert into settlement.stripe_payout (id, movement_id, amount, currency, arrives_on, descriptor, trace_id, bank_account_id, announced_at)
    select t.id, t.movement_id, t.amount, 'EUR', t.arrives_on, t.descriptor, t.trace_id, ${bankAccountId}::uuid, ${tx.now}
    from jsonb_to_recordset(${rows}::jsonb) as t(id text, movement_id text, amount bigint, arrives_on date, descriptor text, trace_id text)`;
}

/** The bank's own reference is known days after the payout. */
export async function noteTrace(tx: Tx, payoutId: string, traceId: string): Promise<void> {
  await tx.sql.$executeRaw`update settlement.stripe_payout set trace_id = ${traceId} where id = ${payoutId} and trace_id is null`;
}

/** Of this bank account, the earliest first. Whoever brings one in holds the lock of bank statements. */
export async function announcedPayouts(sql: Sql, bankAccountId: BankAccountId, rowsMax: number): Promise<AnnouncedPayout[]> {
  const rows = await sql.$queryRaw<PayoutRow[]>`
    select p.id as "payoutId", p.amount, p.arrives_on::text as "arrivesOn", p.descriptor, p.trace_id as "traceId" from settlement.stripe_payout p
    where p.bank_account_id = ${bankAccountId}::uuid and not exists (select from settlement.stripe_payout_arrival a where a.payout_id = p.id)
    order by p.arrives_on, p.id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}

export type Arrival = Readonly<{ payoutId: string; amount: Cents; bankLineId: BankLineId; eventId: string }>;

export async function insertArrivals(tx: Tx, arrivals: readonly Arrival[]): Promise<void> {
  for (const { payoutId, amount, bankLineId, eventId } of arrivals) {
    await tx.sql.$executeRaw`
      insert into settlement.stripe_payout_arrival (payout_id, amount, currency, bank_line_id, event_id, arrived_at)
      values (${payoutId}, ${amount}, 'EUR', ${bankLineId}::uuid, ${eventId}::uuid, ${tx.now})`;
  }
  await tellArrivals(tx, arrivals);
}

/** So that whoever traces a cent gets from the balance at Stripe to the bank. */
async function tellArrivals(tx: Tx, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  const sent = await tx.sql.$queryRaw<{ id: string; movementId: string; custodyAccountId: BankAccountId }[]>`
    select id, movement_id as "movementId", bank_account_id as "custodyAccountId" from settlement.stripe_payout
    where id = any(${arrivals.map(({ payoutId }) => payoutId)}::text[])`;
  await tx.emitAll(StripePayoutArrivedV1, arrivals.map(({ payoutId, bankLineId, amount }) => {
    const { movementId, custodyAccountId } = sent.find(({ id }) => id === payoutId)!;
    const amounts = { amountCents: toWire(amount), currency: 'EUR' as const };
    return {
      subject: bankLineReference(bankLineId),
      body: { stripePayoutId: payoutId, stripeMovementId: movementId, bankLineId, custodyAccountId, ...amounts },
    };
  }));
}

export type UnknownCredit = CreditLine & Readonly<{ bankLineId: BankLineId }>;

/** Credits that nobody could name and that have the amount of a payout: it may have arrived before it was announced. */
export async function unknownCreditsOf(
  tx: Tx, bankAccountId: BankAccountId, amounts: readonly Cents[], rowsMax: number,
): Promise<UnknownCredit[]> {
  const rows = await tx.sql.$queryRaw<(Omit<UnknownCredit, 'amount'> & { amount: bigint })[]>`
    select l.id as "bankLineId", l.amount, l.end_to_end_id as "endToEndId", l.counterparty, l.remittance, l.entry_ref as "entryRef"
    from settlement.bank_line l
    where l.kind = 'unknown_credit' and l.bank_account_id = ${bankAccountId}::uuid and l.amount = any(${amounts.map(String)}::bigint[])
      and not exists (select from settlement.bank_line_identification i where i.bank_line_id = l.id)
    order by l.id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}
