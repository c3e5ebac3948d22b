// Every debit note with what became of it, to look through, add up and take away.
import type { Listing } from '#libs/listing';
import { NOTE_STATES } from './debit-notes.queries.js';

/** `$1`: a place, which sees those of the payee behind it, as it sees its statements. */
export const debitNotes: Listing = {
  rows: `select n.id, n.id as newest, n.payee_id as "payeeId", coalesce(p.legal_name, '') as "legalName", n.custody_account_id as "custodyAccountId",
      n.year, n.number as serial, 'ND-' || n.year || '-' || lpad(n.number::text, 6, '0') as number, n.reference,
      n.amount as "amountCents", d.paid as "paidCents", d.set_off as "setOffCents", d.lost as "lostCents", n.amount - d.whole as "leftCents",
      case when n.amount > d.whole then 'open' else 'settled' end as state, case when l.waits then 'yes' else 'no' end as "lossProposed",
      n.negative_since as "negativeSince", n.issued_on as "issuedOn", n.due_on as "dueOn", s.up_to_seq as "upToSeq", s.line_count as "lineCount", s.sha256
    from settlement.debit_note n
    join settlement.statement s on s.id = n.id
    join settlement.payee p on p.id = n.payee_id
    cross join lateral (
      select coalesce(sum(amount) filter (where kind = 'paid'), 0)::bigint as paid, coalesce(sum(amount) filter (where kind = 'set_off'), 0)::bigint as set_off,
        coalesce(sum(amount) filter (where kind = 'lost'), 0)::bigint as lost, coalesce(sum(amount), 0)::bigint as whole
      from settlement.debit_note_discharge where debit_note_id = n.id) d
    cross join lateral (
      select exists (select from settlement.debit_note_loss loss where loss.debit_note_id = n.id and $1::uuid is null
        and not exists (select from settlement.debit_note_loss_decision decided where decided.loss_id = loss.id)) as waits) l
    where $1::uuid is null or exists (
      select from settlement.payee_site site where site.payee_id = n.payee_id and site.place_id = $1::uuid)`,
  columns: {
    newest: { kind: 'uuid', sort: true },
    payeeId: { kind: 'uuid', of: 'payee', filter: 'equal' },
    legalName: { kind: 'text', sort: true, filter: 'contains' },
    number: { kind: 'text', sort: true, filter: 'contains' },
    state: { kind: 'text', filter: 'choice', choices: NOTE_STATES },
    lossProposed: { kind: 'text', filter: 'choice', choices: ['yes', 'no'] },
    issuedOn: { kind: 'day', sort: true, filter: 'range' },
    dueOn: { kind: 'day', sort: true, filter: 'range' },
    amountCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
    leftCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
  },
  usualSort: '-newest',
};
