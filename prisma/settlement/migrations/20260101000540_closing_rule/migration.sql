-- How often the statements of a programme close, from which sum on, and how long a smaller one waits at most. A programme without a rule
-- is due at each closing, whatever the sum.

create table settlement.closing_rule (
  programme_id uuid not null,
  version int not null check (version > 0),
  effective_from date not null,
  frequency text not null check (frequency in ('weekly', 'twice_monthly', 'monthly')),
  -- Of what would be paid, in cents; 0: no sum is too small.
  minimum bigint not null check (minimum between 0 and 1000000),
  waits_days_max int not null check (waits_days_max between 1 and 366),
  -- What the operator promises: so many days after the end of a period the bank has debited what its statements come to.
  pays_days_max int not null check (pays_days_max between 1 and 90),
  event_id uuid not null unique,
  published_by text not null,
  published_at timestamptz not null,
  primary key (programme_id, version),
  -- Judged where our banks are. What happened on a day was decided by the rules that stood before it began.
  constraint not_of_a_day_that_has_begun check (effective_from > (published_at at time zone 'Europe/Paris')::date)
);
comment on table settlement.closing_rule is 'When statements of a programme are due and from which sum on, by version and day of effect';
grant select, insert on settlement.closing_rule to {{role}};
create trigger append_only before update or delete on settlement.closing_rule
  for each row execute function settlement.refuse_change();

create function settlement.check_closing_rule() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.closing_rule where programme_id = new.programme_id and version < new.version and effective_from >= new.effective_from) then
    raise exception 'a closing rule of programme % has effect later than version %', new.programme_id, new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_order before insert on settlement.closing_rule
  for each row execute function settlement.check_closing_rule();

create table settlement.carry_over (
  payee_id uuid not null references settlement.payee,
  custody_account_id uuid not null,
  up_to_seq bigint not null references settlement.statement_closing,
  reason text not null check (reason in ('not_due', 'below_minimum', 'nothing_to_pay')),
  line_count int not null check (line_count > 0),
  gross bigint not null,
  net bigint not null,
  currency char(3) not null check (currency = 'EUR'),
  programme_ids uuid[] not null check (cardinality(programme_ids) > 0),
  carried_at timestamptz not null,
  primary key (payee_id, custody_account_id, up_to_seq),
  check (reason = 'nothing_to_pay' or net > 0)
);
comment on table settlement.carry_over is 'What a closing left open of one payee, and why: its lines are due at the next closing again, and in no statement until then';
grant select, insert on settlement.carry_over to {{role}};
create trigger append_only before update or delete on settlement.carry_over
  for each row execute function settlement.refuse_change();

create function settlement.check_carry_over() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.statement s where s.payee_id = new.payee_id and s.custody_account_id = new.custody_account_id
      and s.up_to_seq >= new.up_to_seq) then
    raise exception 'payee % is in a statement of closing % or a later one', new.payee_id, new.up_to_seq using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_carry_over before insert on settlement.carry_over
  for each row execute function settlement.check_carry_over();

-- What the last closing left open before this table was: sums that their own fee would have eaten, or that incidents had.
with last as materialized (select max(up_to_seq) as seq from settlement.statement_closing where finished_at is not null),
  payee as materialized (
    select c.payee_id, c.custody_account_id, (select max(s.up_to_seq) from settlement.statement s
      where s.payee_id = c.payee_id and s.custody_account_id = c.custody_account_id) as from_seq, l.seq
    from last l cross join lateral (select distinct payee_id, custody_account_id from settlement.claim_line where source_seq <= l.seq) c)
insert into settlement.carry_over (payee_id, custody_account_id, up_to_seq, reason, line_count, gross, net, currency, programme_ids, carried_at)
select p.payee_id, p.custody_account_id, p.seq, 'nothing_to_pay', count(*), sum(o.gross), 0, 'EUR', array_agg(distinct o.programme_id), now()
from payee p cross join lateral settlement.due_lines(p.payee_id, p.custody_account_id, p.from_seq, p.seq) o
group by p.payee_id, p.custody_account_id, p.seq;
