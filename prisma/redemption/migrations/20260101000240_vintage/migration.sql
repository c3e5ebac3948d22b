-- The calendar of a vintage, and its extension. A step is told once per last day of use: an extension begins a calendar anew.

create table redemption.expiry_step (
  batch_id uuid not null references redemption.batch (id),
  usable_until date not null,
  step text not null check (step in ('thirty_days', 'fifteen_days', 'seven_days', 'use_ended', 'claims_ended')),
  due_on date not null,
  event_id uuid not null unique,
  told_at timestamptz not null,
  primary key (batch_id, usable_until, step),
  constraint step_not_before_its_day check ((told_at at time zone 'Europe/Paris')::date >= due_on)
);
comment on table redemption.expiry_step is 'Steps towards the end of a batch that were told, each once, however late and by whichever process';
grant select, insert on redemption.expiry_step to {{role}};
create trigger append_only before update or delete on redemption.expiry_step
  for each row execute function redemption.refuse_change();

-- Later dates of a batch. Before its vouchers expired nothing else changes (amount 0); after it, what a run took comes
-- back, voucher by voucher, in chunks, and tills wait for the last one.
create table redemption.batch_extension (
  event_id uuid primary key,
  batch_id uuid not null references redemption.batch (id),
  earlier_usable_until date not null,
  earlier_claimable_until date not null,
  usable_until date not null,
  claimable_until date not null,
  amount bigint not null check (amount >= 0),
  currency char(3) not null check (currency = 'EUR'),
  -- How far the vouchers are: those below this index are done.
  next_index int not null default 0 check (next_index >= 0),
  taken_at timestamptz not null,
  restored_at timestamptz,
  check (claimable_until >= usable_until),
  constraint extension_is_later check (usable_until > earlier_usable_until and claimable_until >= earlier_claimable_until)
);
create unique index batch_extension_one_open on redemption.batch_extension (batch_id) where restored_at is null;
create index batch_extension_batch on redemption.batch_extension (batch_id);
comment on table redemption.batch_extension is 'Later dates of a batch, agreed by all; amount is what comes back to its vouchers, done once restored_at is set';
grant select, insert, update (next_index, restored_at) on redemption.batch_extension to {{role}};

create table redemption.restored_chunk (
  event_id uuid not null references redemption.batch_extension (event_id),
  chunk int not null check (chunk >= 0),
  first int not null check (first >= 0),
  last int not null check (last >= first and last - first < 10000),
  count int not null check (count between 1 and last - first + 1),
  amount bigint not null check (amount >= count),
  currency char(3) not null check (currency = 'EUR'),
  restored_at timestamptz not null,
  primary key (event_id, chunk),
  unique (event_id, first)
);
comment on table redemption.restored_chunk is 'What an extension put back on the vouchers first to last of its batch: how many had lost something, and how much in all';
grant select, insert on redemption.restored_chunk to {{role}};
create trigger append_only before update or delete on redemption.restored_chunk
  for each row execute function redemption.refuse_change();

-- It is done when every voucher was looked at and all of it is back, to the cent.
create function redemption.check_extension() returns trigger language plpgsql set search_path = pg_catalog as $$
declare restored bigint;
begin
  if new.next_index < old.next_index or old.restored_at is not null then
    raise exception 'extension % only goes forward', new.event_id using errcode = 'check_violation';
  end if;
  if new.restored_at is not null then
    select coalesce(sum(amount), 0) into restored from redemption.restored_chunk where event_id = new.event_id;
    if restored <> new.amount then
      raise exception 'extension % of % cents put % back', new.event_id, new.amount, restored using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger check_extension before update on redemption.batch_extension
  for each row execute function redemption.check_extension();

-- A finished run that an extension has undone closes its batch no more; the run stays a fact.
alter table redemption.expiry_run add column lifted_by uuid references redemption.batch_extension (event_id),
  add constraint lifted_when_finished check (lifted_by is null or finished_at is not null);
grant update (lifted_by) on redemption.expiry_run to {{role}};
create trigger raise_reference_version_lifted after update of lifted_by on redemption.expiry_run
  for each statement execute function redemption.raise_reference_version();

create or replace function redemption.check_expiry_run() returns trigger language plpgsql set search_path = pg_catalog as $$
declare last_day date;
begin
  if tg_op = 'INSERT' then
    select claimable_until into last_day from redemption.batch where id = new.batch_id;
    if (new.started_at at time zone 'Etc/GMT+12')::date <= last_day or new.next_index <> 0 or new.finished_at is not null
        or new.lifted_by is not null then
      raise exception 'batch % can be claimed until %: no run may start', new.batch_id, last_day using errcode = 'check_violation';
    end if;
  elsif new.next_index < old.next_index or old.lifted_by is not null
      or (old.finished_at is not null and (new.next_index, new.finished_at) is distinct from (old.next_index, old.finished_at)) then
    raise exception 'expiry run % only goes forward', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Dates grow, by an extension that says so; everything else of a batch stays as it came.
drop trigger append_only on redemption.batch;
create function redemption.check_batch_dates() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'usable_until' - 'claimable_until' <> to_jsonb(old) - 'usable_until' - 'claimable_until' then
    raise exception 'batch % is a fact', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if not exists (select from redemption.batch_extension e where e.batch_id = new.id
                 and e.usable_until = new.usable_until and e.claimable_until = new.claimable_until
                 and e.earlier_usable_until = old.usable_until and e.earlier_claimable_until = old.claimable_until) then
    raise exception 'no extension gives batch % these dates', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger dates_by_extension before update or delete on redemption.batch
  for each row execute function redemption.check_batch_dates();
grant update (usable_until, claimable_until) on redemption.batch to {{role}};
create trigger raise_reference_version_dates after update on redemption.batch
  for each statement execute function redemption.raise_reference_version();

-- What expired comes back whole, and only while an extension of the batch is at work.
create or replace function redemption.refuse_partial_expiry() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.expired = 0 and new.balance = old.balance + old.expired and exists (
      select from redemption.batch_extension e where e.batch_id = new.batch_id and e.restored_at is null and e.amount > 0) then
    return new;
  end if;
  raise exception 'voucher % expires with all that is left on it, and comes back by an extension only', new.id using errcode = 'check_violation';
end $$;

-- An order may have several statements: extensions, and the one that ends it.
alter table redemption.signed_statement drop constraint signed_statement_pkey,
  drop constraint signed_statement_statement_id_key, add primary key (statement_id),
  drop constraint signed_statement_outcome_check,
  add constraint signed_statement_outcome_check check (outcome in ('refund', 'commons', 'roll_over', 'extension'));
create index signed_statement_order on redemption.signed_statement (order_id);
