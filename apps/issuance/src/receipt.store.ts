import { cents, type BankLineId, type Cents, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { MatchOutcome } from './match-receipt/match-receipt.decision.js';

export type Receipt = Readonly<{
  bankLineId: BankLineId; eventId: string; custodyAccountId: string; bookedOn: string; amount: Cents;
  references: readonly string[]; endToEndId: string | null; debtorMac: string | null; outcome: MatchOutcome;
}>;
export type ReceiptMatch = Readonly<{
  bankLineId: BankLineId; orderId: OrderId; payerId: PayerId; eventId: string;
  amount: Cents;
  /** The part of the amount that paid fee and VAT. */
  fee: Cents;
}>;

/** No `on conflict`: a bank line that comes a second time under another event is a fault that somebody must see. */
export async function insertReceipt(tx: Tx, receipt: Receipt): Promise<void> {
  const { bankLineId, eventId, custodyAccountId, bookedOn, amount, references, endToEndId, debtorMac, outcome } = receipt;
  await tx.sql.$executeRaw`
    insert into issuance.receipt (bank_line_id, event_id, custody_account_id, booked_on, amount_cents, currency, refs,
      end_to_end_id, debtor_mac, outcome, received_at)
    values (${bankLineId}::uuid, ${eventId}::uuid, ${custodyAccountId}::uuid, ${bookedOn}::date, ${amount}, 'EUR',
      ${references}::text[], ${endToEndId}, ${debtorMac}, ${outcome}, ${tx.now})`;
}

export async function insertMatch(tx: Tx, match: ReceiptMatch, matchedBy: string): Promise<void> {
  const { bankLineId, orderId, payerId, amount, fee, eventId } = match;
  await tx.sql.$executeRaw`
    insert into issuance.receipt_match (bank_line_id, order_id, payer_id, amount_cents, fee_cents, currency, event_id, matched_by, matched_at)
    values (${bankLineId}::uuid, ${orderId}::uuid, ${payerId}::uuid, ${amount}, ${fee}, 'EUR', ${eventId}::uuid, ${matchedBy}, ${tx.now})`;
}

export type OpenReceipt = Readonly<{
  custodyAccountId: string; left: Cents; matched: readonly Readonly<{ orderId: OrderId; payerId: PayerId }>[];
}>;

/** What is left of a credit. The caller holds the lock of its name. */
export async function openReceipt(tx: Tx, bankLineId: BankLineId): Promise<OpenReceipt | undefined> {
  const [row] = await tx.sql.$queryRaw<(Omit<OpenReceipt, 'left'> & { left: bigint })[]>`
    select r.custody_account_id as "custodyAccountId", (r.amount_cents - coalesce(sum(m.amount_cents), 0))::bigint as left,
      coalesce(json_agg(json_build_object('orderId', m.order_id, 'payerId', m.payer_id)) filter (where m.order_id is not null), '[]') as matched
    from issuance.receipt r left join issuance.receipt_match m on m.bank_line_id = r.bank_line_id
    where r.bank_line_id = ${bankLineId}::uuid group by r.bank_line_id`;
  return row && { ...row, left: cents(row.left) };
}

export type UnmatchedCredit = Readonly<{
  bankLineId: BankLineId; bookedOn: string; amount: Cents; left: Cents; references: readonly string[];
  endToEndId: string | null; outcome: MatchOutcome;
}>;

/** Oldest first: the list is worked through. */
export async function listUnmatched(sql: Sql, after: BankLineId | null, rowsMax: number): Promise<UnmatchedCredit[]> {
  const rows = await sql.$queryRaw<(Omit<UnmatchedCredit, 'amount' | 'left'> & { amount: bigint; left: bigint })[]>`
    select r.bank_line_id as "bankLineId", r.booked_on::text as "bookedOn", r.amount_cents as amount,
      (r.amount_cents - coalesce(sum(m.amount_cents), 0))::bigint as left, r.refs as references,
      r.end_to_end_id as "endToEndId", r.outcome
    from issuance.receipt r left join issuance.receipt_match m on m.bank_line_id = r.bank_line_id
    where ${after}::uuid is null or r.bank_line_id > ${after}::uuid
    group by r.bank_line_id having r.amount_cents > coalesce(sum(m.amount_cents), 0)
    order by r.bank_line_id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount), left: cents(row.left) }));
}
