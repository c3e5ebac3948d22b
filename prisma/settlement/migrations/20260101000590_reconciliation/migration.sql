-- What the bank and Stripe list against what the ledger posted, line by line. Each transfer on `bank` or `psp` belongs to the line that it
-- was posted for, if there is one, and to no other; so what is left of each line, and each transfer without one, come to exactly what the
-- ledger is short of, whatever went wrong.
-- A transfer by Stripe belongs to the movement of its id there, and a reversal to the one that it was booked from.

create view settlement.unreconciled as
  with bank_side as (
    select event_id, line, rule, substr(debit, 6)::uuid as bank_account_id, amount, coalesce(booked_at, created_at) as at
      from settlement.transfer where debit like 'bank:%'
    union all
    select event_id, line, rule, substr(credit, 6)::uuid, -amount, coalesce(booked_at, created_at) from settlement.transfer where credit like 'bank:%'),
  bank_pair as (
    select event_id, id as bank_line_id, bank_account_id from settlement.bank_line where event_id is not null
    union
    select m.event_id, l.id, l.bank_account_id from settlement.payment_movement m join settlement.bank_line l on l.id = m.bank_line_id),
  bank_posted as (
    select p.bank_line_id, sum(s.amount) as amount from bank_pair p
    join bank_side s on s.event_id = p.event_id and s.bank_account_id = p.bank_account_id group by 1),
  bank_line as (
    select l.*, case l.side when 'credit' then l.amount else -l.amount end as moved from settlement.bank_line l),
  psp_side as (
    select event_id, line, rule, custody_account_id, amount, coalesce(booked_at, created_at) as at from settlement.transfer where debit = 'psp'
    union all
    select event_id, line, rule, custody_account_id, -amount, coalesce(booked_at, created_at) from settlement.transfer where credit = 'psp'),
  -- What posts it, and where Stripe lists it; null: not yet. Of two movements for one event, the first.
  psp_pair as (
    select distinct on (event_id) event_id, movement_id, is_awaited from (
      select event_id, id as movement_id, false as is_awaited from settlement.stripe_movement where event_id is not null
      union all
      select c.event_id, m.id, true from settlement.stripe_charge c
        left join settlement.stripe_movement m on m.payment_id = c.payment_id and m.kind = 'charge'
      union all
      select s.refunded_event_id, m.id, true from settlement.stripe_refund s
        left join settlement.stripe_movement m on m.source_id = s.stripe_refund_id and m.kind = 'refund' where s.refunded_event_id is not null
      union all
      select s.failed_event_id, m.id, true from settlement.stripe_refund s
        left join settlement.stripe_movement m on m.source_id = s.stripe_refund_id and m.kind = 'refund_failure' where s.failed_event_id is not null
      union all
      select event_id, movement_id, false from settlement.stripe_dispute
      union all
      select event_id, movement_id, false from settlement.stripe_dispute_end where movement_id is not null
      union all
      select t.sent_event_id, m.id, true from settlement.stripe_transfer t
        left join settlement.stripe_movement m on m.transfer_id = t.stripe_transfer_id and m.kind = 'transfer' where t.sent_event_id is not null
      union all
      select reversed_event_id, reversal_movement_id, false from settlement.stripe_transfer where reversed_event_id is not null) p
    order by event_id, movement_id),
  psp_posted as (
    select p.movement_id, sum(s.amount) as amount from psp_pair p join psp_side s on s.event_id = p.event_id where p.movement_id is not null group by 1)
  select s.bank_account_id, 'bank' as account, 'opening_balance' as source, s.id::text as id, s.opened_on as day, s.opening_balance as amount,
    'before_the_first_statement' as why, s.statement_ref as detail
  from settlement.bank_statement s where s.ordinal = 1 and s.opening_balance <> 0
  union all
  select s.bank_account_id, 'bank', 'bank_statement', s.id::text, s.closed_on, s.credits - s.debits - coalesce(sum(l.moved), 0)::bigint,
    'lines_do_not_add_up', s.statement_ref
  from settlement.bank_statement s left join bank_line l on l.bank_statement_id = s.id
  group by s.id having s.credits - s.debits <> coalesce(sum(l.moved), 0)
  union all
  select l.bank_account_id, 'bank', 'bank_line', l.id::text, l.booked_on, (l.moved - coalesce(p.amount, 0))::bigint,
    case when p.amount is null then 'not_posted' else 'posted_otherwise' end, coalesce(l.finding, l.kind)
  from bank_line l left join bank_posted p on p.bank_line_id = l.id where l.moved <> coalesce(p.amount, 0)
  union all
  select s.bank_account_id, 'bank', 'transfer', s.event_id || '/' || s.line, (s.at at time zone 'Europe/Paris')::date, -s.amount, 'on_no_bank_line', 'row ' || s.rule
  from bank_side s where not exists (
    select from bank_pair p where p.event_id = s.event_id and p.bank_account_id = s.bank_account_id)
  union all
  select m.bank_account_id, 'psp', 'stripe_movement', m.id, (m.moved_at at time zone 'Europe/Paris')::date, (m.net - coalesce(p.amount, 0))::bigint,
    case when p.amount is null then 'not_posted' else 'posted_otherwise' end, m.stripe_type
  from settlement.stripe_movement m left join psp_posted p on p.movement_id = m.id where m.net <> coalesce(p.amount, 0)
  union all
  select s.custody_account_id, 'psp', 'transfer', s.event_id || '/' || s.line, (s.at at time zone 'Europe/Paris')::date, -s.amount,
    case when p.is_awaited then 'not_listed_yet' else 'on_no_movement' end, 'row ' || s.rule
  from psp_side s left join psp_pair p on p.event_id = s.event_id where p.movement_id is null;

comment on view settlement.unreconciled is
  'What the bank or Stripe states and the ledger does not know, or the other way round: amounts come to stated less ledger, account by account';
grant select on settlement.unreconciled to {{role}};
