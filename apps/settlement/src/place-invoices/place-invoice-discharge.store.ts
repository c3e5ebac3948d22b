// What invoices to places are owed less by. Under the lock of their payees alone one is owed less.
import { cents, type BankLineId, type Cents, type PayeeId, type PlaceInvoiceId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { KnownInvoice, OpenDocument, OpenInvoice } from './place-invoice-payment.decision.js';

type InText<Of extends { left: Cents }> = Omit<Of, 'left'> & { left: bigint };
const inCents = <Of extends { left: Cents }>({ left, ...row }: InText<Of>): Of => ({ ...row, left: cents(left) }) as unknown as Of;

export type NamedInvoices = Readonly<{ references?: readonly string[]; placeInvoiceIds?: readonly PlaceInvoiceId[] }>;

/** With their payees locked, so that a closing does not set off what a bank line pays. */
export async function lockInvoices(tx: Tx, { references = [], placeInvoiceIds = [] }: NamedInvoices): Promise<KnownInvoice[]> {
  if (references.length + placeInvoiceIds.length === 0) return [];
  await tx.sql.$executeRaw`
    select 1 from settlement.payee where id in (
      select payee_id from settlement.place_invoice where reference = any(${references}::text[]) or id = any(${placeInvoiceIds}::uuid[]))
    order by id for no key update`;
  const rows = await tx.sql.$queryRaw<InText<KnownInvoice>[]>`
    select id as "placeInvoiceId", payee_id as "payeeId", custody_account_id as "custodyAccountId", reference, "left"
    from settlement.open_place_invoice
    where kind = 'invoice' and (reference = any(${references}::text[]) or id = any(${placeInvoiceIds}::uuid[])) order by id`;
  return rows.map(inCents);
}

/** The payees behind all references of one bank file, in one order: whoever locks them one after the other may meet a closing crosswise. */
export async function lockDebtors(tx: Tx, debitNotes: readonly string[], placeInvoices: readonly string[]): Promise<void> {
  if (debitNotes.length + placeInvoices.length === 0) return;
  await tx.sql.$executeRaw`
    select 1 from settlement.payee where id in (
      select payee_id from settlement.debit_note where reference = any(${debitNotes}::text[])
      union select payee_id from settlement.place_invoice where reference = any(${placeInvoices}::text[]))
    order by id for no key update`;
}

/** Those that say themselves that they are set off, the oldest first. The caller has locked the payees. */
export async function invoicesToSetOff(tx: Tx, payeeIds: readonly PayeeId[]): Promise<OpenInvoice[]> {
  const rows = await tx.sql.$queryRaw<InText<OpenInvoice>[]>`
    select id as "placeInvoiceId", payee_id as "payeeId", custody_account_id as "custodyAccountId", "left" from settlement.open_place_invoice
    where payee_id = any(${[...payeeIds]}::uuid[]) and kind = 'invoice' and payment = 'set_off' and "left" > 0 order by issued_on, id`;
  return rows.map(inCents);
}

/** The oldest first. The caller has locked the payees. */
export async function openDocuments(tx: Tx, payeeIds: readonly PayeeId[]): Promise<OpenDocument[]> {
  const rows = await tx.sql.$queryRaw<InText<OpenDocument>[]>`
    select id, kind, payee_id as "payeeId", custody_account_id as "custodyAccountId", "left" from settlement.open_place_invoice
    where payee_id = any(${[...payeeIds]}::uuid[]) and "left" > 0 order by issued_on, id`;
  return rows.map(inCents);
}

export type InvoiceDischarge = Readonly<{ placeInvoiceId: PlaceInvoiceId; amount: Cents }> & Readonly<
  | { kind: 'paid'; bankLineId: BankLineId; eventId: string }
  | { kind: 'set_off'; statementId: string; eventId: string }
  | { kind: 'credited'; creditNoteId: PlaceInvoiceId }>;

export async function insertInvoiceDischarges(tx: Tx, discharges: readonly InvoiceDischarge[]): Promise<void> {
  if (discharges.length === 0) return;
  const rows = discharges.map(({ amount, ...discharge }) => ({ ...discharge, id: tx.newId(), amount: amount.toString() }));
  await tx.sql.$executeRaw`
    insert into settlement.place_invoice_discharge (id, place_invoice_id, kind, bank_line_id, statement_id, credit_note_id, amount, currency, event_id, at)
    select t.id, t."placeInvoiceId", t.kind, t."bankLineId", t."statementId", t."creditNoteId", t.amount, 'EUR', t."eventId", ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "placeInvoiceId" uuid, kind text, "bankLineId" uuid,
      "statementId" uuid, "creditNoteId" uuid, amount bigint, "eventId" uuid)`;
}
