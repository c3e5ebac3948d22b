// Settlement's claims, statements, payments and refunds against its ledger, and against redemption and issuance.
import { movements, type Invariant } from './invariant.js';

const balanceOf = (kind: string) => `
  select split_part(account, ':', 2)::uuid as id, -sum(amount) as amount
  from (${movements('settlement')}) m where account like '${kind}:%' group by account`;

/** What payees owe by debit notes, by the ledger; charges to places open receivables of their own. */
const owingOf = `
  select split_part(account, ':', 2)::uuid as id, sum(amount) as amount from (
    select debit as account, amount from settlement.transfer where rule = '20'
    union all select credit, -amount from settlement.transfer where rule = '20') m where account like 'place_receivable:%' group by account`;

export const SETTLEMENT_RULES: readonly Invariant[] = [
  {
    id: 'S1',
    holds: 'each claim line is posted once, with its own gross, by the redemption that it owes or by the undoing that takes it back',
    tier: 'local', schema: 'settlement',
    fault: 'post the accrual of one redemption twice',
    sql: `select 'claim_line:' || coalesce(c.redemption_id, t.event_id) as row_named,
        'gross ' || coalesce(c.gross::text, 'nothing') || ', posted ' || coalesce(t.amount::text, 'nothing') as detail
      from settlement.claim_line c full join (
        select event_id, amount from settlement.transfer where rule = '7'
        union all select event_id, -amount from settlement.transfer where rule = '8') t on t.event_id = coalesce(c.undo_id, c.redemption_id)
      where c.gross is distinct from t.amount`,
  },
  {
    id: 'S2',
    holds: 'each claim line says what redemption says of the same redemption',
    tier: 'inspector',
    fault: 'edit the amount of one paid redemption as a superuser',
    sql: `select 'redemption:' || r.id as row_named,
        'redeemed ' || r.amount || ' at place ' || r.place_id || ', claimed ' || c.gross || ' by place ' || c.place_id as detail
      from settlement.claim_line c join redemption.redemption r on r.id = c.redemption_id
      where r.amount <> abs(c.gross) or r.place_id <> c.place_id
      union all
      select 'claim_line:' || c.id, 'no such undoing of redemption ' || c.redemption_id from settlement.claim_line c
      where c.undo_id is not null and not exists (
        select 1 from redemption.undone_redemption u where u.id = c.undo_id and u.redemption_id = c.redemption_id)
      union all
      select 'claim_line:' || c.id, 'no such redemption: ' || c.redemption_id from settlement.claim_line c
      where not exists (select 1 from redemption.redemption r where r.id = c.redemption_id)`,
  },
  {
    id: 'S3',
    holds: 'a statement is the sum of the claim lines that came due in its range',
    tier: 'local', schema: 'settlement',
    fault: 'change the gross of a claim line of a closed statement',
    sql: `select 'statement:' || s.id as row_named,
        'says ' || s.gross || ' in ' || s.line_count || ' lines, lines say ' || coalesce(sum(l.gross), 0) || ' in ' || count(l.claim_line_id) as detail
      from settlement.statement s left join settlement.statement_line l on l.statement_id = s.id
      group by s.id, s.gross, s.line_count having s.gross <> coalesce(sum(l.gross), 0) or s.line_count <> count(l.claim_line_id)`,
  },
  {
    id: 'S10',
    holds: 'a statement that pays a redemption has in it that it was undone, if it was',
    tier: 'local', schema: 'settlement',
    fault: 'undo a redemption of a closed statement',
    sql: `select 'redemption:' || u.redemption_id as row_named,
        'undone by number ' || u.source_seq || ', paid by statement ' || s.id || ' up to ' || s.up_to_seq as detail
      from settlement.claim_line u join settlement.claim_line c on c.redemption_id = u.redemption_id and c.undo_id is null
      join settlement.statement s on s.payee_id = c.payee_id and s.custody_account_id = c.custody_account_id
        and c.source_seq > coalesce(s.from_seq, 0) and c.source_seq <= s.up_to_seq
      where u.undo_id is not null and u.source_seq > s.up_to_seq`,
  },
  {
    id: 'S4',
    holds: 'a statement, a refund, an allocation and an early payment is in one live payment at most',
    tier: 'local', schema: 'settlement',
    fault: 'pay one statement a second time',
    sql: `select 'statement:' || ps.statement_id as row_named,
        count(*) || ' live payments: ' || string_agg(p.id::text, ', ') as detail
      from settlement.payment_statement ps join settlement.payment p on p.id = ps.payment_id
      where p.state in ('instructed', 'released', 'booked') group by ps.statement_id having count(*) > 1
      union all
      select 'allocation:' || pa.allocation_id, count(*) || ' live payments: ' || string_agg(p.id::text, ', ')
      from settlement.payment_allocation pa join settlement.payment p on p.id = pa.payment_id
      where p.state in ('instructed', 'released', 'booked') group by pa.allocation_id having count(*) > 1
      union all
      select 'early_payment:' || pe.early_payment_id, count(*) || ' live payments: ' || string_agg(p.id::text, ', ')
      from settlement.payment_early pe join settlement.payment p on p.id = pe.payment_id
      where p.state in ('instructed', 'released', 'booked') group by pe.early_payment_id having count(*) > 1
      union all
      select 'refund:' || pf.refund_id, count(*) || ' live payments: ' || string_agg(p.id::text, ', ')
      from settlement.payment_refund pf join settlement.payment p on p.id = pf.payment_id
      where p.state in ('instructed', 'released', 'booked') group by pf.refund_id having count(*) > 1`,
  },
  {
    id: 'S5',
    holds: 'a payment pays exactly the net of its statements, less what was taken of it, its refunds, its allocations, its early payments, or all of a run of fees',
    tier: 'local', schema: 'settlement',
    fault: 'change the amount of a payment',
    sql: `with owed as (
        select ps.payment_id, 'place' as purpose, settlement.to_pay(s.id, s.net) as least, s.net as most
        from settlement.payment_statement ps join settlement.statement s on s.id = ps.statement_id
        union all
        select pf.payment_id, 'refund', f.amount, f.amount from settlement.payment_refund pf join settlement.refund f on f.id = pf.refund_id
        union all
        select pa.payment_id, 'commons', a.amount, a.amount from settlement.payment_allocation pa join settlement.allocation a on a.id = pa.allocation_id
        union all
        select pe.payment_id, 'early', settlement.to_pay_early(e.id, e.amount), e.amount
        from settlement.payment_early pe join settlement.early_payment e on e.id = pe.early_payment_id
        union all
        select q.id, 'fees', r.amount, r.amount from settlement.payment q join settlement.settlement_run r on r.id = q.run_id where q.purpose = 'fees')
      select 'payment:' || p.id as row_named, 'pays ' || p.amount || ' as ' || p.purpose || ', what it pays says ' || coalesce(sum(o.least), 0) as detail
      from settlement.payment p left join owed o on o.payment_id = p.id and o.purpose = p.purpose
      group by p.id, p.amount, p.purpose, p.live, p.state
      -- Of what came back from the bank, something may have been set off since; what is paid early may lapse while its run waits, which its
      -- release then refuses.
      having not p.amount between coalesce(sum(o.least), 0) and case
        when p.live and not (p.purpose = 'early' and p.state = 'instructed') then coalesce(sum(o.least), 0) else coalesce(sum(o.most), 0) end`,
  },
  {
    id: 'L6',
    holds: 'what a payee redeemed, but for rejected lines and incidents, is accrued, held, payable, under way, paid, set off against invoices, paid early, or taken as fee, VAT and commons share; what it owes, repaid or was let off counts against what it was paid',
    tier: 'local', schema: 'settlement',
    fault: 'pay a payee more than it redeemed',
    sql: `with accrued as (${balanceOf('accrued')}), held as (${balanceOf('held')}), payable as (${balanceOf('payable')}),
      redeemed as (select payee_id as id, sum(gross) as amount from (
        select payee_id, gross from settlement.claim_line
        union all select c.payee_id, -c.gross from settlement.hold_decision d join settlement.held_line l on l.hold_id = d.hold_id
          join settlement.claim_line c on c.id = l.claim_line_id where d.outcome = 'rejected'
        union all select i.payee_id, case i.kind when 'gesture' then i.amount else -i.amount end from settlement.incident i join settlement.incident_decision d on d.incident_id = i.id
          where d.outcome = 'validated') r group by 1),
      taken as (select payee_id as id, sum(fee + vat + commons) as amount from settlement.statement group by 1),
      paid as (select payee_id as id, sum(amount) as amount from settlement.payment
        where purpose = 'place' and state in ('released', 'booked') group by 1),
      owing as (${owingOf}),
      back as (select n.payee_id as id, -sum(d.amount) as amount from settlement.debit_note_discharge d
        join settlement.debit_note n on n.id = d.debit_note_id where d.kind in ('paid', 'lost') group by 1),
      netted as (select i.payee_id as id, sum(d.amount) as amount from settlement.place_invoice_discharge d
        join settlement.place_invoice i on i.id = d.place_invoice_id where d.kind = 'set_off' group by 1),
      early as (select e.payee_id as id, sum(n.amount) as amount from settlement.early_payment_end n
        join settlement.early_payment e on e.id = n.early_payment_id where n.kind = 'netted' group by 1),
      parts as (select id, sum(amount) as amount from (select * from accrued union all select * from held union all
        select * from payable union all select * from taken union all select * from paid union all select id, -amount from owing
        union all select * from back union all select * from netted union all select * from early) p group by id)
      select 'payee:' || coalesce(redeemed.id, parts.id) as row_named,
        'redeemed ' || coalesce(redeemed.amount, 0) || ', accounted for ' || coalesce(parts.amount, 0) as detail
      from redeemed full join parts using (id) where coalesce(redeemed.amount, 0) <> coalesce(parts.amount, 0)`,
  },
  {
    id: 'L8',
    holds: 'the transit of a payment holds its amount between release and debit, and nothing before or after',
    tier: 'local', schema: 'settlement',
    fault: 'book half of a payment',
    sql: `with transit as (${balanceOf('transit')})
      select 'payment:' || coalesce(p.id, transit.id) as row_named,
        coalesce(p.state, 'unknown') || ' for ' || coalesce(p.amount, 0) || ', transit holds ' || coalesce(transit.amount, 0) as detail
      from settlement.payment p full join transit on transit.id = p.id
      where coalesce(transit.amount, 0) <> case when p.state = 'released' then p.amount else 0 end`,
  },
  {
    id: 'S7',
    holds: 'what is held of a payee is the lines of its holds that nobody has decided',
    tier: 'local', schema: 'settlement',
    fault: 'release a hold without its posting',
    sql: `with held as (${balanceOf('held')}),
      open as (select c.payee_id as id, sum(c.gross) as amount from settlement.held_line l join settlement.claim_line c on c.id = l.claim_line_id
        where not exists (select from settlement.hold_decision d where d.hold_id = l.hold_id) group by 1)
      select 'payee:' || coalesce(held.id, open.id) as row_named,
        'ledger holds ' || coalesce(held.amount, 0) || ', undecided lines are ' || coalesce(open.amount, 0) as detail
      from held full join open using (id) where coalesce(held.amount, 0) <> coalesce(open.amount, 0)`,
  },
  {
    id: 'S34',
    holds: 'no statement pays what redemption took under a suspension or a withdrawal of its place before somebody has released it',
    tier: 'local', schema: 'settlement',
    fault: 'close a line that is to be held into a statement',
    sql: `select 'claim_line:' || c.id as row_named, 'held for ' || c.held_for || ', in statement ' || l.statement_id as detail
      from settlement.claim_line c join settlement.statement_line l on l.claim_line_id = c.id
      where c.held_for is not null and c.undo_id is null
        and not exists (select from settlement.claim_line u where u.redemption_id = c.redemption_id and u.undo_id is not null)
        and not exists (select from settlement.held_line d join settlement.hold h on h.id = d.hold_id
          join settlement.hold_decision o on o.hold_id = h.id and o.outcome = 'released'
          where d.claim_line_id = c.id and h.measure_id = c.held_for)`,
  },
  {
    id: 'S40',
    holds: 'whatever was open at the last closing is in a statement, held, or carried over with its reason',
    tier: 'local', schema: 'settlement',
    fault: 'finish a closing that left a payee out',
    sql: `with last as materialized (select max(up_to_seq) as seq from settlement.statement_closing where finished_at is not null),
      payee as materialized (select p.payee_id, p.custody_account_id, l.seq, (select max(s.up_to_seq) from settlement.statement s
          where s.payee_id = p.payee_id and s.custody_account_id = p.custody_account_id) as from_seq
        from last l cross join lateral (select distinct payee_id, custody_account_id from settlement.claim_line where source_seq <= l.seq) p)
      select 'payee:' || p.payee_id as row_named, count(*) || ' lines of ' || sum(d.gross) || ' cents are open at ' || p.seq || ' without a reason' as detail
      from payee p cross join lateral settlement.due_lines(p.payee_id, p.custody_account_id, p.from_seq, p.seq) d
      where not exists (select from settlement.carry_over o
        where o.payee_id = p.payee_id and o.custody_account_id = p.custody_account_id and o.up_to_seq = p.seq)
      group by p.payee_id, p.custody_account_id, p.seq`,
  },
  {
    id: 'S8',
    holds: 'a claim line, and an incident, is in one statement at most, by its own number or by that of its release',
    tier: 'local', schema: 'settlement',
    fault: 'close a second statement over the same numbers',
    sql: `select case when incident_id is null then 'claim_line:' || claim_line_id else 'incident:' || incident_id end as row_named,
        'in statements ' || string_agg(statement_id::text, ', ') as detail
      from settlement.statement_line group by claim_line_id, incident_id having count(*) > 1`,
  },
  {
    id: 'S9',
    holds: 'a payment is rejected exactly when a report says so or Stripe refused it, and what it was to pay went back from its transit once',
    tier: 'local', schema: 'settlement',
    fault: 'mark a payment as rejected that the bank has debited',
    sql: `select 'payment:' || p.id as row_named,
        p.state || ' for ' || p.amount || case when r.id is null then ', nobody rejects it' else '' end
          || ', taken back ' || coalesce(t.amount, 0) as detail
      from settlement.payment p left join (select payment_id as id from settlement.payment_rejection
        union all select payment_id from settlement.stripe_transfer where state = 'refused') r on r.id = p.id
      left join (select split_part(debit, ':', 2)::uuid as id, sum(amount) as amount from settlement.transfer where rule = '16' group by 1) t on t.id = p.id
      where (p.state = 'rejected') <> (r.id is not null) or coalesce(t.amount, 0) <> case when p.state = 'rejected' then p.amount else 0 end`,
  },
  {
    id: 'S11',
    holds: 'what was ordered back to a payer, or to the sender of a credit, is owed to it, under way, or paid',
    tier: 'local', schema: 'settlement',
    fault: 'take a refund without its posting',
    sql: `with owed as (${balanceOf('refund_payable')}),
      ordered as (select coalesce(payer_id, bank_line_id) as id, sum(amount) as amount from settlement.refund group by 1),
      paid as (select coalesce(f.payer_id, f.bank_line_id) as id, sum(f.amount) as amount from settlement.payment_refund pf
        join settlement.payment p on p.id = pf.payment_id join settlement.refund f on f.id = pf.refund_id
        where p.state in ('released', 'booked') group by 1
        union all select f.payer_id, sum(f.amount) from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id
        where s.state = 'refunded' group by 1),
      parts as (select id, sum(amount) as amount from (select * from owed union all select * from paid) p group by id)
      select 'refund_payable:' || coalesce(ordered.id, parts.id) as row_named,
        'ordered back ' || coalesce(ordered.amount, 0) || ', accounted for ' || coalesce(parts.amount, 0) as detail
      from ordered full join parts using (id) where coalesce(ordered.amount, 0) <> coalesce(parts.amount, 0)`,
  },
  {
    id: 'S12',
    holds: 'each refund that settlement owes is one that issuance ordered, with the same payer or credit and amount',
    tier: 'inspector',
    fault: 'change the amount of a refund that settlement took',
    sql: `select 'refund:' || s.id as row_named,
        'owes ' || s.amount || ' to ' || coalesce('payer ' || s.payer_id, 'the sender of ' || s.bank_line_id) || ', ordered ' || coalesce(i.amount_cents::text, 'nothing') as detail
      from settlement.refund s left join (select id, amount_cents, payer_id, null::uuid as bank_line_id from issuance.refund
        union all select id, amount_cents, null, bank_line_id from issuance.receipt_release) i on i.id = s.id
      where (s.amount, s.payer_id, s.bank_line_id) is distinct from (i.amount_cents, i.payer_id, i.bank_line_id)`,
  },
];
