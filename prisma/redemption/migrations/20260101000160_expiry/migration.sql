-- The end of vouchers: after the last day for claims a run takes what is left off the vouchers of a batch, in chunks. What a
-- voucher lost stays on its row, so that face, balance, redemptions and expiry of each can always be told apart.

alter table redemption.voucher add column expired bigint not null default 0;
alter table redemption.voucher
  add constraint voucher_expired_within_face check (expired >= 0 and balance + expired <= face),
  add constraint voucher_unit_expires_whole check (not unit or expired in (0, face));
grant update (expired) on redemption.voucher to {{role}};

-- Fires only for a statement that names the column, so that a till's write does not pay for it.
create function redemption.refuse_partial_expiry() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'voucher % expires with all that is left on it, and never back', new.id using errcode = 'check_violation';
end $$;
create trigger expires_whole before update of expired on redemption.voucher
  for each row when (new.expired <> old.expired + old.balance or new.balance <> 0)
  execute function redemption.refuse_partial_expiry();

create table redemption.expiry_run (
  id uuid primary key,
  batch_id uuid not null references redemption.batch (id),
  -- How far the run is: vouchers below this index are done. Killed at any point, it goes on from here.
  next_index int not null default 0 check (next_index >= 0),
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz
);
create unique index expiry_run_one_open on redemption.expiry_run (batch_id) where finished_at is null;
create index expiry_run_batch on redemption.expiry_run (batch_id, id);
comment on table redemption.expiry_run is 'A run that expires the vouchers of a batch; from its start on no till takes one of them. A second run takes what came after the first';
grant select, insert, update (next_index, finished_at) on redemption.expiry_run to {{role}};
-- The batch is frozen for tills with the commit that starts the run.
create trigger raise_reference_version after insert on redemption.expiry_run
  for each statement execute function redemption.raise_reference_version();

-- No place on earth may still claim: where the day ends last (UTC-12) it is over too.
create function redemption.check_expiry_run() returns trigger language plpgsql set search_path = pg_catalog as $$
declare last_day date;
begin
  if tg_op = 'INSERT' then
    select claimable_until into last_day from redemption.batch where id = new.batch_id;
    if (new.started_at at time zone 'Etc/GMT+12')::date <= last_day or new.next_index <> 0 or new.finished_at is not null then
      raise exception 'batch % can be claimed until %: no run may start', new.batch_id, last_day using errcode = 'check_violation';
    end if;
  elsif new.next_index < old.next_index or old.finished_at is not null then
    raise exception 'expiry run % only goes forward', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_run before insert or update on redemption.expiry_run
  for each row execute function redemption.check_expiry_run();

create table redemption.expiry_chunk (
  run_id uuid not null references redemption.expiry_run (id),
  chunk int not null check (chunk >= 0),
  first int not null check (first >= 0),
  last int not null check (last >= first and last - first < 10000),
  count int not null check (count between 1 and last - first + 1),
  amount bigint not null check (amount >= count),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  expired_at timestamptz not null,
  primary key (run_id, chunk),
  unique (run_id, first)
);
comment on table redemption.expiry_chunk is 'What a run took off the vouchers first to last of its batch: how many had something left, and how much in all';
grant select, insert on redemption.expiry_chunk to {{role}};
create trigger append_only before update or delete on redemption.expiry_chunk
  for each row execute function redemption.refuse_change();

create table redemption.signed_statement (
  order_id uuid primary key,
  statement_id uuid not null unique,
  outcome text not null check (outcome in ('refund', 'commons', 'roll_over')),
  signed_at timestamptz not null
);
comment on table redemption.signed_statement is 'Copy of contradictory_statement.signed: what both sides agreed is the end of an order';
grant select, insert on redemption.signed_statement to {{role}};
create trigger append_only before update or delete on redemption.signed_statement
  for each row execute function redemption.refuse_change();
