import { cents, type BankAccountId, type BankLineId, type DebitNoteId, type PlaceInvoiceId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { IdentifiableLine, KnownPayout } from './identify-bank-line.decision.js';

type LineRow = Omit<IdentifiableLine, 'amount'> & { amount: bigint };

/** The caller holds the lock of bank statements, under which alone a credit is identified. */
export async function identifiableLine(tx: Tx, bankLineId: BankLineId): Promise<IdentifiableLine | undefined> {
  const [row] = await tx.sql.$queryRaw<LineRow[]>`
    select l.id as "bankLineId", l.bank_account_id as "bankAccountId", l.kind, l.amount, l.booked_on::text as "bookedOn",
      l.end_to_end_id as "endToEndId", l.debtor_mac as "debtorMac",
      exists (select from settlement.bank_line_identification i where i.bank_line_id = l.id) as identified,
      exists (select from settlement.gift g where g.bank_line_id = l.id) as given
    from settlement.bank_line l where l.id = ${bankLineId}::uuid`;
  return row && { ...row, amount: cents(row.amount) };
}

export async function knownPayout(tx: Tx, payoutId: string): Promise<KnownPayout | undefined> {
  const [row] = await tx.sql.$queryRaw<{ amount: bigint; bankAccountId: BankAccountId; arrived: boolean }[]>`
    select p.amount, p.bank_account_id as "bankAccountId",
      exists (select from settlement.stripe_payout_arrival a where a.payout_id = p.id) as arrived
    from settlement.stripe_payout p where p.id = ${payoutId}`;
  return row && { payoutId, ...row, amount: cents(row.amount) };
}

export type Identification = Readonly<{
  bankLineId: BankLineId; kind: 'payer_receipt' | 'psp_payout' | 'debit_note' | 'place_invoice' | 'gift' | 'paid_in';
  /** Of what it was found to be, if that has a name. */
  reference?: string | null; payoutId?: string; debitNoteId?: DebitNoteId; placeInvoiceId?: PlaceInvoiceId; eventId: string;
}>;

export async function insertIdentification(tx: Tx, identification: Identification): Promise<void> {
  const { bankLineId, kind, reference = null, payoutId = null, debitNoteId = null, placeInvoiceId = null, eventId } = identification;
  await tx.sql.$executeRaw`
    insert into settlement.bank_line_identification (bank_line_id, kind, order_reference, payout_id, debit_note_id, place_invoice_id, event_id,
      identified_by, identified_at)
    values (${bankLineId}::uuid, ${kind}, ${reference}, ${payoutId}, ${debitNoteId}::uuid, ${placeInvoiceId}::uuid, ${eventId}::uuid,
      ${personOf(tx)}, ${tx.now})`;
}

