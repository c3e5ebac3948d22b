import { cents, type BankLineId, type Cents, type LocalDate, type OrderId, type PayerId } from '#libs/kernel';
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

export type OpenReceipt = Readonly<{ custodyAccountId: string; left: Cents }>;

/** What is left of a credit. The caller holds the lock of its name. */
export async function openReceipt(tx: Tx, bankLineId: BankLineId): Promise<OpenReceipt | undefined> {
  const [row] = await tx.sql.$queryRaw<(Omit<OpenReceipt, 'left'> & { left: bigint })[]>`
    select r.custody_account_id as "custodyAccountId", (r.amount_cents - coalesce(sum(m.amount_cents), 0)
        - coalesce((select b.amount_cents from issuance.receipt_release b where b.bank_line_id = r.bank_line_id), 0))::bigint as left
    from issuance.receipt r left join issuance.receipt_match m on m.bank_line_id = r.bank_line_id
    where r.bank_line_id = ${bankLineId}::uuid group by r.bank_line_id`;
  return row && { ...row, left: cents(row.left) };
}

export type UnmatchedCredit = Readonly<{
  bankLineId: BankLineId; custodyAccountId: string; bookedOn: LocalDate; amount: Cents; left: Cents; references: readonly string[];
  endToEndId: string | null; outcome: MatchOutcome; setAside: Readonly<{ reason: string; at: string }> | null;
}>;
type WorkListPage = Readonly<{ after: BankLineId | null; rowsMax: number; setAside: boolean }>;

/** Oldest first: the list is worked through. What was set aside has a list of its own. */
export async function listUnmatched(sql: Sql, { after, rowsMax, setAside }: WorkListPage): Promise<UnmatchedCredit[]> {
  const rows = await sql.$queryRaw<(Omit<UnmatchedCredit, 'amount' | 'left'> & { amount: bigint; left: bigint })[]>`
    select r.bank_line_id as "bankLineId", r.custody_account_id as "custodyAccountId", r.booked_on::text as "bookedOn", r.amount_cents as amount,
      used.left, r.refs as references, r.end_to_end_id as "endToEndId", r.outcome,
      case when n.note = 'set_aside' then jsonb_build_object('reason', n.reason, 'at', n.noted_at) end as "setAside"
    from issuance.receipt r
    cross join lateral (select (r.amount_cents - coalesce(sum(u.amount_cents), 0))::bigint as left from (
      select amount_cents from issuance.receipt_match where bank_line_id = r.bank_line_id
      union all select amount_cents from issuance.receipt_release where bank_line_id = r.bank_line_id) u) used
    left join lateral (
      select note, reason, noted_at from issuance.receipt_note where bank_line_id = r.bank_line_id order by ordinal desc limit 1) n on true
    where (${after}::uuid is null or r.bank_line_id > ${after}::uuid) and used.left > 0
      and (n.note is not distinct from 'set_aside') = ${setAside}::boolean
    order by r.bank_line_id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount), left: cents(row.left) }));
}

export async function isSetAside(tx: Tx, bankLineId: BankLineId): Promise<boolean> {
  const [last] = await tx.sql.$queryRaw<{ note: string }[]>`
    select note from issuance.receipt_note where bank_line_id = ${bankLineId}::uuid order by ordinal desc limit 1`;
  return last?.note === 'set_aside';
}

export type ReceiptNote = Readonly<{ bankLineId: BankLineId; note: 'set_aside' | 'taken_up'; reason: string | null }>;

export async function insertNote(tx: Tx, { bankLineId, note, reason }: ReceiptNote, notedBy: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.receipt_note (bank_line_id, ordinal, note, reason, noted_by, noted_at)
    select ${bankLineId}::uuid, coalesce(max(ordinal), 0) + 1, ${note}, ${reason}, ${notedBy}, ${tx.now}
    from issuance.receipt_note where bank_line_id = ${bankLineId}::uuid`;
}
