-- Vouchers and what they share. Dates, programme and activation stand once per batch or range, so that activating a
-- hundred thousand vouchers is one row (decision 14).

create table redemption.batch (
  id uuid primary key,
  order_id uuid not null,
  programme_id uuid not null,
  count int not null check (count > 0),
  chunks int not null check (chunks > 0),
  face bigint not null check (face > 0),
  currency char(3) not null check (currency = 'EUR'),
  unit boolean not null,
  usable_until date not null,
  claimable_until date not null check (claimable_until >= usable_until),
  custody_account_id uuid not null,
  pepper_key_id text not null,
  serial_permutation_id text not null,
  created_at timestamptz not null
);
comment on table redemption.batch is 'What all vouchers of a batch share; from batch.created';
grant select, insert on redemption.batch to {{role}};
create trigger append_only before update or delete on redemption.batch
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.batch
  for each statement execute function redemption.raise_reference_version();

create table redemption.chunk (
  batch_id uuid not null references redemption.batch (id),
  chunk int not null check (chunk >= 0),
  count int not null check (count > 0),
  entries_sha256 char(64) not null,
  loaded_at timestamptz not null,
  primary key (batch_id, chunk)
);
comment on table redemption.chunk is 'Chunks of vouchers that were loaded; a batch is complete when it has as many as announced';
grant select, insert on redemption.chunk to {{role}};
create trigger append_only before update or delete on redemption.chunk
  for each row execute function redemption.refuse_change();

create table redemption.parked_message (
  message_id uuid primary key,
  batch_id uuid not null,
  message jsonb not null,
  parked_at timestamptz not null
);
create index parked_message_batch on redemption.parked_message (batch_id);
comment on table redemption.parked_message is 'Messages that came before the batch they speak of; handled and removed in the transaction that brings the batch';
grant select, insert, delete on redemption.parked_message to {{role}};

create table redemption.voucher (
  id uuid primary key,
  batch_id uuid not null references redemption.batch (id),
  index int not null check (index >= 0),
  code_mac uuid not null unique,
  unit boolean not null,
  face bigint not null check (face > 0),
  balance bigint not null,
  last_redemption_id uuid,
  unique (batch_id, index),
  check (balance between 0 and face),
  -- A second redemption of a unit voucher takes its face once more from a balance of 0: this is what stops it.
  check (not unit or balance in (0, face))
)
-- Room on each page for the next version of a row, so that a redemption touches no index of this table.
with (fillfactor = 85);
comment on table redemption.voucher is 'One row per voucher with what is left on it; found by the keyed hash of its code, never by the code';
grant select, insert on redemption.voucher to {{role}};
grant update (balance, last_redemption_id) on redemption.voucher to {{role}};

create table redemption.voucher_range (
  activation_id uuid primary key,
  batch_id uuid not null references redemption.batch (id),
  first int not null check (first >= 0),
  last int not null check (last >= first),
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  activated_at timestamptz not null,
  spendable_at timestamptz
);
create index voucher_range_batch on redemption.voucher_range (batch_id, first);
comment on table redemption.voucher_range is 'Activated vouchers of a batch by index, both ends included; spendable once every voucher of the batch is loaded';
grant select, insert, update (spendable_at) on redemption.voucher_range to {{role}};
create trigger raise_reference_version after insert or update on redemption.voucher_range
  for each statement execute function redemption.raise_reference_version();

-- An index is activated at most once: money came in for it once.
create function redemption.refuse_overlap() returns trigger language plpgsql security definer
  set search_path = pg_catalog as $$
begin
  -- Two activations of one batch queue here, so that the second sees the range of the first.
  perform 1 from redemption.batch where id = new.batch_id for update;
  if exists (select 1 from redemption.voucher_range r
             where r.batch_id = new.batch_id and r.first <= new.last and r.last >= new.first) then
    raise exception 'indices %..% of batch % are activated already, in part or wholly', new.first, new.last, new.batch_id
      using errcode = 'exclusion_violation';
  end if;
  return new;
end $$;
create trigger refuse_overlap before insert on redemption.voucher_range
  for each row execute function redemption.refuse_overlap();
