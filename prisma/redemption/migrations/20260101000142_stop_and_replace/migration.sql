-- Vouchers that nobody may use any more, and those that took their place.
create extension if not exists btree_gist with schema public;

create table redemption.stop (
  id uuid primary key,
  batch_id uuid not null references redemption.batch (id),
  reason text not null check (reason in ('lost', 'stolen', 'damaged', 'misprinted', 'other')),
  stopped_by text not null,
  stopped_at timestamptz not null,
  unique (id, batch_id)
);
comment on table redemption.stop is 'Orders to make vouchers of a batch unusable; in force when committed, never lifted';
grant select, insert on redemption.stop to {{role}};
create trigger append_only before update or delete on redemption.stop
  for each row execute function redemption.refuse_change();

create table redemption.stopped_range (
  stop_id uuid not null,
  batch_id uuid not null,
  first int not null check (first >= 0),
  last int not null check (last >= first),
  primary key (stop_id, first),
  foreign key (stop_id, batch_id) references redemption.stop (id, batch_id)
);
create index stopped_range_batch on redemption.stopped_range (batch_id, first);
comment on table redemption.stopped_range is 'Stopped vouchers of a batch by index, both ends included; ranges of two stops may overlap';
grant select, insert on redemption.stopped_range to {{role}};
create trigger append_only before update or delete on redemption.stopped_range
  for each row execute function redemption.refuse_change();
-- Tills see it from the next batch that begins after this commits.
create trigger raise_reference_version after insert on redemption.stopped_range
  for each statement execute function redemption.raise_reference_version();

-- The voucher at index i of a replacement stands for the voucher at replaces_first + i of the batch that it replaces.
alter table redemption.batch
  add column replaces_batch_id uuid references redemption.batch (id),
  add column replaces_first int check (replaces_first >= 0),
  add constraint replaces_another check (replaces_batch_id <> id),
  add constraint replaces_whole check ((replaces_batch_id is null) = (replaces_first is null));

create table redemption.replacement (
  batch_id uuid primary key references redemption.batch (id),
  event_id uuid not null unique,
  replaced_batch_id uuid not null references redemption.batch (id),
  first int not null check (first >= 0),
  last int not null check (last >= first),
  count int not null check (count between 0 and last - first + 1),
  amount bigint not null check (amount >= count and (amount = 0) = (count = 0)),
  currency char(3) not null check (currency = 'EUR'),
  replaced_at timestamptz not null,
  check (batch_id <> replaced_batch_id),
  -- A voucher is replaced once.
  constraint replaced_ranges_apart exclude using gist (replaced_batch_id with =, int4range(first, last, '[]') with &&)
);
comment on table redemption.replacement is 'What was left on stopped vouchers first to last moved to the vouchers of a batch made for it; count is how many had something left';
grant select, insert on redemption.replacement to {{role}};
create trigger append_only before update or delete on redemption.replacement
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.replacement
  for each statement execute function redemption.raise_reference_version();

-- Only stopped vouchers are replaced: what can still be spent must not be moved from under its holder.
create function redemption.check_replacement() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not coalesce((select range_agg(int4range(s.first, s.last, '[]')) @> int4range(new.first, new.last, '[]')
                   from redemption.stopped_range s where s.batch_id = new.replaced_batch_id), false) then
    raise exception 'vouchers %..% of batch % are not stopped', new.first, new.last, new.replaced_batch_id
      using errcode = 'check_violation';
  end if;
  if exists (select from redemption.voucher_range r where r.batch_id = new.batch_id) then
    raise exception 'batch % is activated, it cannot replace another', new.batch_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_replacement before insert on redemption.replacement
  for each row execute function redemption.check_replacement();

-- And the other way round: value comes into a replacement from what it replaces, never from cover.
create function redemption.refuse_activated_replacement() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from redemption.batch b where b.id = new.batch_id and b.replaces_batch_id is not null) then
    raise exception 'batch % replaces another one and is not activated', new.batch_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_activated_replacement before insert on redemption.voucher_range
  for each row execute function redemption.refuse_activated_replacement();
