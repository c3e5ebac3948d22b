// Debit notes, and what is left to pay of each.
import { cents, type BankLineId, type Cents, type DebitNoteId, type DebitNoteLossId, type LocalDate, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';
import type { DrawnNumber, LastNumber } from './debit-note-number.decision.js';
import type { KnownNote, OpenNoteOf } from './debit-note.decision.js';

export async function lastNumber(tx: Tx): Promise<LastNumber | undefined> {
  const [row] = await tx.sql.$queryRaw<LastNumber[]>`
    select year, number, issued_on::text as "issuedOn" from settlement.debit_note order by year desc, number desc limit 1`;
  return row;
}

export type NewNote = Readonly<{
  debitNoteId: DebitNoteId; payeeId: PayeeId; custodyAccountId: string; drawn: DrawnNumber; reference: string; amount: Cents;
  negativeSince: LocalDate; dueOn: LocalDate; eventId: string;
}>;

/** Their statements are there. */
export async function insertNotes(tx: Tx, notes: readonly NewNote[]): Promise<void> {
  const rows = notes.map(({ drawn: { year, number, issuedOn }, amount, debitNoteId, payeeId, custodyAccountId, reference, ...days }) => ({
    debitNoteId, payeeId, custodyAccountId, year, number, reference, amount: amount.toString(), issuedOn,
    negativeSince: days.negativeSince, dueOn: days.dueOn, eventId: days.eventId,
  }));
  await tx.sql.$executeRaw`
    insert into settlement.debit_note (id, payee_id, custody_account_id, year, number, reference, amount, currency, negative_since, issued_on,
      due_on, event_id, issued_by)
    select t."debitNoteId", t."payeeId", t."custodyAccountId", t.year, t.number, t.reference, t.amount, 'EUR', t."negativeSince", t."issuedOn",
      t."dueOn", t."eventId", ${personOf(tx)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("debitNoteId" uuid, "payeeId" uuid, "custodyAccountId" uuid, year int,
      number int, reference text, amount bigint, "negativeSince" date, "issuedOn" date, "dueOn" date, "eventId" uuid)
    order by t.year, t.number`;
}

type Unbound = Omit<OpenNoteOf, 'left'> & { left: bigint };

/** Of which something is left, the oldest first. The caller has locked the payees, under which alone a note is owed less. */
export async function openNotes(tx: Tx, payeeIds: readonly PayeeId[]): Promise<OpenNoteOf[]> {
  const rows = await tx.sql.$queryRaw<Unbound[]>`
    select n.id as "debitNoteId", n.payee_id as "payeeId", n.custody_account_id as "custodyAccountId", left_of.amount as left
    from settlement.debit_note n cross join lateral settlement.left_of_debit_note(n.id, n.amount) as left_of(amount)
    where n.payee_id = any(${payeeIds}::uuid[]) and left_of.amount > 0 order by n.year, n.number`;
  return rows.map(({ left, ...note }) => ({ ...note, left: cents(left) }));
}

/** Payees with a debit note of which something is left. */
export async function indebtedPayees(tx: Tx): Promise<PayeeId[]> {
  const rows = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select distinct payee_id as "payeeId" from settlement.debit_note n where settlement.left_of_debit_note(n.id, n.amount) > 0 order by 1`;
  return rows.map(({ payeeId }) => payeeId);
}

export type NamedNotes = Readonly<{ references?: readonly string[]; debitNoteIds?: readonly DebitNoteId[] }>;

/** With their payees locked, so that a closing does not set off what a bank line pays. */
export async function lockNotes(tx: Tx, { references = [], debitNoteIds = [] }: NamedNotes): Promise<KnownNote[]> {
  if (references.length + debitNoteIds.length === 0) return [];
  await tx.sql.$executeRaw`
    select 1 from settlement.payee where id in (
      select payee_id from settlement.debit_note where reference = any(${references}::text[]) or id = any(${debitNoteIds}::uuid[]))
    order by id for no key update`;
  const rows = await tx.sql.$queryRaw<(Unbound & { reference: string })[]>`
    select n.id as "debitNoteId", n.payee_id as "payeeId", n.custody_account_id as "custodyAccountId", n.reference,
      settlement.left_of_debit_note(n.id, n.amount) as left
    from settlement.debit_note n where n.reference = any(${references}::text[]) or n.id = any(${debitNoteIds}::uuid[]) order by n.id`;
  return rows.map(({ left, ...note }) => ({ ...note, left: cents(left) }));
}

export type Discharge = Readonly<{ debitNoteId: DebitNoteId; amount: Cents; eventId: string }> & Readonly<
  | { kind: 'paid'; bankLineId: BankLineId }
  | { kind: 'set_off'; statementId: string }
  | { kind: 'lost'; lossId: DebitNoteLossId }>;

export async function insertDischarges(tx: Tx, discharges: readonly Discharge[]): Promise<void> {
  if (discharges.length === 0) return;
  const rows = discharges.map(({ amount, ...discharge }) => ({ ...discharge, amount: amount.toString() }));
  await tx.sql.$executeRaw`
    insert into settlement.debit_note_discharge (event_id, debit_note_id, kind, bank_line_id, statement_id, loss_id, amount, currency, at)
    select t."eventId", t."debitNoteId", t.kind, t."bankLineId", t."statementId", t."lossId", t.amount, 'EUR', ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("eventId" uuid, "debitNoteId" uuid, kind text, "bankLineId" uuid,
      "statementId" uuid, "lossId" uuid, amount bigint)`;
}
