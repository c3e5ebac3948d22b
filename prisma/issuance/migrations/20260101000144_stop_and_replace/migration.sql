-- Vouchers that redemption stopped, and the batches that were minted to take their place.

create table issuance.stopped_range (
  stop_id uuid not null,
  batch_id uuid not null references issuance.batch (id),
  first int not null check (first >= 0),
  last int not null check (last >= first),
  reason text not null,
  noted_at timestamptz not null,
  primary key (stop_id, first)
);
create index stopped_range_batch on issuance.stopped_range (batch_id, first);
comment on table issuance.stopped_range is 'Copy of voucher.stopped: vouchers by index that no till takes any more; ranges of two stops may overlap';
grant select, insert on issuance.stopped_range to {{role}};
create trigger append_only before update or delete on issuance.stopped_range
  for each row execute function issuance.refuse_change();

create table issuance.replacement (
  batch_id uuid primary key references issuance.batch (id),
  replaced_batch_id uuid not null references issuance.batch (id),
  first int not null check (first >= 0),
  last int not null check (last >= first),
  requested_by text not null,
  requested_at timestamptz not null,
  moved_count int,
  moved_cents bigint,
  replaced_at timestamptz,
  check (batch_id <> replaced_batch_id),
  check (num_nulls(moved_count, moved_cents, replaced_at) in (0, 3)),
  check (moved_count between 0 and last - first + 1 and moved_cents >= moved_count),
  -- A voucher is replaced once; a replacement that is lost in its turn is replaced as a voucher of its own.
  constraint replaced_ranges_apart exclude using gist (replaced_batch_id with =, int4range(first, last, '[]') with &&)
);
comment on table issuance.replacement is 'Batches that take the place of stopped vouchers first to last of another: not ordered, not counted as issued; with what redemption moved to them';
grant select, insert, update (moved_count, moved_cents, replaced_at) on issuance.replacement to {{role}};

-- As many vouchers, of the same order and face: what moves to them later is owed already and needs no cover.
create function issuance.check_replacement() returns trigger language plpgsql set search_path = pg_catalog as $$
declare made issuance.batch; replaced issuance.batch;
begin
  select * into made from issuance.batch where id = new.batch_id;
  select * into replaced from issuance.batch where id = new.replaced_batch_id;
  if (made.order_id, made.face_cents, made.count) is distinct from (replaced.order_id, replaced.face_cents, new.last - new.first + 1)
      or new.last >= replaced.count then
    raise exception 'batch % is no replacement of %..% of batch %', new.batch_id, new.first, new.last, new.replaced_batch_id
      using errcode = 'check_violation';
  end if;
  if exists (select from issuance.activation a where a.batch_id = new.batch_id) then
    raise exception 'batch % is activated, it cannot replace another', new.batch_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_replacement before insert on issuance.replacement
  for each row execute function issuance.check_replacement();

-- Said once, and never otherwise.
create function issuance.keep_moved() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what moved to batch % is known already', old.batch_id using errcode = 'integrity_constraint_violation';
end $$;
create trigger keep_moved before update on issuance.replacement
  for each row when (old.replaced_at is not null) execute function issuance.keep_moved();

create function issuance.refuse_activated_replacement() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from issuance.replacement r where r.batch_id = new.batch_id) then
    raise exception 'batch % replaces another one and is not activated', new.batch_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_activated_replacement before insert on issuance.activation
  for each row execute function issuance.refuse_activated_replacement();
