// One debit note as it is read: what is asked, and what became of it.
import { cents, type Cents, type DebitNoteId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { Reader } from '../reader.js';
import type { NoteHead, ShownDischarge, ShownLoss } from './debit-notes.queries.js';

type Amounts = 'amount' | 'paid' | 'setOff' | 'lost';
type Row = Omit<NoteHead, Amounts | 'left' | 'upToSeq'> & Record<Amounts | 'upToSeq', bigint>;

/** A place sees one of the payee behind it, as it sees its statements. */
export async function readNote(sql: Sql, { placeId }: Reader, debitNoteId: DebitNoteId): Promise<NoteHead | undefined> {
  const [row] = await sql.$queryRaw<Row[]>`
    select n.id, n.payee_id as "payeeId", p.legal_name as "legalName", n.custody_account_id as "custodyAccountId", n.year, n.number, n.reference,
      n.amount, d.paid, d.set_off as "setOff", d.lost, n.negative_since::text as "negativeSince", n.issued_on::text as "issuedOn",
      n.due_on::text as "dueOn", s.up_to_seq as "upToSeq", s.line_count as "lineCount", s.sha256, s.content
    from settlement.debit_note n
    join settlement.statement s on s.id = n.id
    join settlement.payee p on p.id = n.payee_id
    cross join lateral (
      select coalesce(sum(amount) filter (where kind = 'paid'), 0)::bigint as paid, coalesce(sum(amount) filter (where kind = 'set_off'), 0)::bigint as set_off,
        coalesce(sum(amount) filter (where kind = 'lost'), 0)::bigint as lost
      from settlement.debit_note_discharge where debit_note_id = n.id) d
    where n.id = ${debitNoteId}::uuid and (${placeId}::uuid is null or exists (
        select from settlement.payee_site site where site.payee_id = n.payee_id and site.place_id = ${placeId}::uuid))`;
  if (!row) return undefined;
  const { amount, paid, setOff, lost, upToSeq, ...rest } = row;
  return {
    ...rest, amount: cents(amount), paid: cents(paid), setOff: cents(setOff), lost: cents(lost), left: cents(amount - paid - setOff - lost),
    upToSeq: Number(upToSeq),
  };
}

type InCents<Of extends { amount: Cents }> = Omit<Of, 'amount'> & { amount: bigint };

export async function dischargesOf(sql: Sql, debitNoteId: DebitNoteId): Promise<ShownDischarge[]> {
  const rows = await sql.$queryRaw<InCents<ShownDischarge>[]>`
    select kind, amount, at, bank_line_id as "bankLineId", statement_id as "statementId" from settlement.debit_note_discharge
    where debit_note_id = ${debitNoteId}::uuid order by at, event_id`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}

export async function lossesOf(sql: Sql, debitNoteId: DebitNoteId): Promise<ShownLoss[]> {
  const rows = await sql.$queryRaw<InCents<ShownLoss>[]>`
    select l.id, l.amount, l.note, l.proposed_by as "proposedBy", l.proposed_at as "proposedAt", coalesce(d.outcome, 'proposed') as state,
      d.note as "decisionNote", d.decided_by as "decidedBy", d.decided_at as "decidedAt"
    from settlement.debit_note_loss l left join settlement.debit_note_loss_decision d on d.loss_id = l.id
    where l.debit_note_id = ${debitNoteId}::uuid order by l.id`;
  return rows.map((row) => ({ ...row, amount: cents(row.amount) }));
}
