-- What is the operator's own on a custody account: what it earned there less what it cost and what it took out. Issuance charges payers and
-- says in its control totals what came of it; the rest is in this ledger.

create table settlement.operator (
  is_the_one boolean primary key default true check (is_the_one),
  payee_id uuid not null unique references settlement.payee,
  named_by text not null,
  named_at timestamptz not null
);
comment on table settlement.operator is 'Which payee the operator of this installation is: its fees go to no other, and the commons never to it';
grant select, insert on settlement.operator to {{role}};
create trigger append_only before update or delete on settlement.operator
  for each row execute function settlement.refuse_change();

create table settlement.earned_total (
  number int primary key check (number > 0),
  cut_at timestamptz not null,
  event_id uuid not null unique
);
comment on table settlement.earned_total is 'Control totals of issuance that arrived, by their number: the highest says what the operator earned of payers';
grant select, insert on settlement.earned_total to {{role}};
create trigger append_only before update or delete on settlement.earned_total
  for each row execute function settlement.refuse_change();

create table settlement.earned_total_line (
  number int not null references settlement.earned_total,
  custody_account_id uuid not null,
  earned bigint not null,
  claims bigint not null,
  currency char(3) not null check (currency = 'EUR'),
  primary key (number, custody_account_id)
);
comment on table settlement.earned_total_line is 'Fees and VAT of payers less what was given up; claims: of it or of disputed payments, what payers still owe';
grant select, insert on settlement.earned_total_line to {{role}};
create trigger append_only before update or delete on settlement.earned_total_line
  for each row execute function settlement.refuse_change();

-- The operator's own bank is in no statement that is read here, so that nothing of it is ever to be paired.
create or replace view settlement.unreconciled as
  with bank_side as (
    select event_id, line, rule, substr(debit, 6)::uuid as bank_account_id, amount, coalesce(booked_at, created_at) as at
      from settlement.transfer
      where debit like 'bank:%' and not exists (select from settlement.operator where debit = 'bank:' || payee_id)
    union all
    select event_id, line, rule, substr(credit, 6)::uuid, -amount, coalesce(booked_at, created_at) from settlement.transfer
      where credit like 'bank:%' and not exists (select from settlement.operator where credit = 'bank:' || payee_id)),
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

-- Few transfers are of the operator's own accounts, and each release of a run asks for their sum.
create index transfer_own_debit on settlement.transfer (custody_account_id) include (amount)
  where debit in ('fee_income', 'vat_collected', 'psp_fees', 'bank_fees', 'gestures', 'losses');
create index transfer_own_credit on settlement.transfer (custody_account_id) include (amount)
  where credit in ('fee_income', 'vat_collected', 'psp_fees', 'bank_fees', 'gestures', 'losses');

create function settlement.told_of_payers(custody uuid) returns table (number int, cut_at timestamptz, earned bigint, claims bigint)
  language sql stable as $$
  select t.number, t.cut_at, coalesce(l.earned, 0), coalesce(l.claims, 0)
  from (select number, cut_at from settlement.earned_total order by number desc limit 1) t
  left join settlement.earned_total_line l on l.number = t.number and l.custody_account_id = custody
$$;

-- Taken out less paid in: what the operator's own bank has of this account. No statement of that bank is read.
create function settlement.taken_out(custody uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(amount) from settlement.transfer
      where debit = (select 'bank:' || payee_id from settlement.operator) and debit like 'bank:%' and custody_account_id = custody), 0)
    - coalesce((select sum(amount) from settlement.transfer
      where credit = (select 'bank:' || payee_id from settlement.operator) and credit like 'bank:%' and custody_account_id = custody), 0))::bigint
$$;

create function settlement.own_money(custody uuid) returns bigint language sql stable as $$
  select (coalesce((select sum(amount) from settlement.transfer
      where credit in ('fee_income', 'vat_collected', 'psp_fees', 'bank_fees', 'gestures', 'losses') and custody_account_id = custody), 0)
    - coalesce((select sum(amount) from settlement.transfer
      where debit in ('fee_income', 'vat_collected', 'psp_fees', 'bank_fees', 'gestures', 'losses') and custody_account_id = custody), 0)
    - settlement.taken_out(custody)
    + coalesce((select earned from settlement.told_of_payers(custody)), 0))::bigint
$$;

-- What of it cannot be taken out: it was not paid yet, it is on its way out, or the bank or Stripe do not have it.
create function settlement.own_money_bound(custody uuid) returns bigint language sql stable as $$
  select (greatest(coalesce((select claims from settlement.told_of_payers(custody)), 0), 0)
    + coalesce((select sum(owing.amount) from (
        select sum(m.amount) as amount from (
          select debit as account, amount from settlement.transfer
            where custody_account_id = custody and split_part(debit, ':', 1) in ('accrued', 'advance', 'place_receivable')
          union all
          select credit, -amount from settlement.transfer
            where custody_account_id = custody and split_part(credit, ':', 1) in ('accrued', 'advance', 'place_receivable')) m
        group by m.account having sum(m.amount) > 0) owing), 0)
    + coalesce((select sum(p.amount) from settlement.payment p join settlement.settlement_run r on r.id = p.run_id
        where p.purpose = 'fees' and p.state = 'released' and r.bank_account_id = custody), 0)
    - coalesce((select sum(u.amount) from settlement.unreconciled u
        where u.bank_account_id = custody and u.amount < 0 and u.why not in ('before_the_first_statement', 'not_listed_yet')), 0))::bigint
$$;
grant execute on function settlement.told_of_payers(uuid), settlement.taken_out(uuid), settlement.own_money(uuid), settlement.own_money_bound(uuid) to {{role}};

-- What the operator pays in is identified by a person, and fills what is missing and no more: a stranger's credit is no gift to it.
alter table settlement.bank_line_identification
  drop constraint bank_line_identification_kind_check,
  add constraint bank_line_identification_kind_check check (kind in ('payer_receipt', 'psp_payout', 'debit_note', 'paid_in'));

create function settlement.check_paid_in() returns trigger language plpgsql set search_path = pg_catalog as $$
declare line settlement.bank_line;
begin
  select * into line from settlement.bank_line where id = new.bank_line_id;
  if not exists (select from settlement.transfer t, settlement.operator o
      where t.event_id = new.event_id and t.debit = 'bank_unknown' and t.credit = 'bank:' || o.payee_id and t.amount = line.amount) then
    raise exception 'bank line % was not paid in by the operator', new.bank_line_id using errcode = 'check_violation';
  end if;
  if settlement.own_money(line.bank_account_id) > 0 then
    raise exception 'bank line % brings more than the operator has to pay in', new.bank_line_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_paid_in before insert on settlement.bank_line_identification
  for each row when (new.kind = 'paid_in') execute function settlement.check_paid_in();
