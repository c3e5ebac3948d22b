-- Where vouchers are between the printer and a citizen, as ranges: with the operator until a delivery names them, under
-- way until the delivery's outcome names them, then lost or in stock, then handed over. Each table lies within the one
-- before (by foreign key) and never overlaps itself (by exclusion), so every index is in exactly one place, by whatever
-- code it was written. Only a hand-over can be taken back.

create table issuance.distributor (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  siret char(14) not null check (siret ~ '^[0-9]{14}$'),
  communes text[] not null check (cardinality(communes) <= 500 and array_position(communes, null) is null),
  created_by text not null,
  created_at timestamptz not null,
  constraint distributor_once unique (siret)
);
comment on table issuance.distributor is 'Organisations that hold stock of vouchers and hand them over; the communes that they serve, by INSEE code';
grant select, insert on issuance.distributor to {{role}};
create trigger append_only before update or delete on issuance.distributor
  for each row execute function issuance.refuse_change();

create table issuance.delivery (
  id uuid primary key,
  batch_id uuid not null,
  batch_count int not null,
  distributor_id uuid not null references issuance.distributor (id),
  first int not null check (first >= 0),
  last int not null,
  span int4range not null generated always as (int4range(first, last, '[]')) stored,
  shipped_by text not null,
  shipped_at timestamptz not null,
  constraint delivery_of_batch foreign key (batch_id, batch_count) references issuance.batch (id, count),
  constraint delivery_within_batch check (last >= first and last < batch_count),
  constraint delivery_ranges_apart exclude using gist (batch_id with =, span with &&),
  unique (id, batch_id, distributor_id, first, last)
);
create index delivery_distributor on issuance.delivery (distributor_id, batch_id);
comment on table issuance.delivery is 'Ranges of vouchers that were shipped to a distributor; each voucher once';
grant select, insert on issuance.delivery to {{role}};
create trigger append_only before update or delete on issuance.delivery
  for each row execute function issuance.refuse_change();

create table issuance.delivery_outcome (
  id uuid primary key,
  delivery_id uuid not null,
  batch_id uuid not null,
  distributor_id uuid not null,
  delivery_first int not null,
  delivery_last int not null,
  outcome text not null check (outcome in ('received', 'lost')),
  first int not null,
  last int not null,
  span int4range not null generated always as (int4range(first, last, '[]')) stored,
  noted_by text not null,
  noted_at timestamptz not null,
  constraint delivery_outcome_of_delivery foreign key (delivery_id, batch_id, distributor_id, delivery_first, delivery_last)
    references issuance.delivery (id, batch_id, distributor_id, first, last),
  constraint delivery_outcome_within_delivery check (last >= first and first >= delivery_first and last <= delivery_last),
  constraint delivery_outcome_ranges_apart exclude using gist (batch_id with =, span with &&),
  unique (id, batch_id, distributor_id, outcome, first, last)
);
create index delivery_outcome_delivery on issuance.delivery_outcome (delivery_id);
create index delivery_outcome_distributor on issuance.delivery_outcome (distributor_id, batch_id);
comment on table issuance.delivery_outcome is 'What became of a part of a delivery, once: it was received, or given up as lost; the rest is under way';
grant select, insert on issuance.delivery_outcome to {{role}};
create trigger append_only before update or delete on issuance.delivery_outcome
  for each row execute function issuance.refuse_change();

create table issuance.hand_over (
  id uuid primary key,
  delivery_outcome_id uuid not null,
  batch_id uuid not null,
  distributor_id uuid not null,
  outcome text not null check (outcome = 'received'),
  received_first int not null,
  received_last int not null,
  first int not null,
  last int not null,
  span int4range not null generated always as (int4range(first, last, '[]')) stored,
  -- Where and to whom in general; never a person.
  insee_code text check (insee_code ~ '^([0-9]{5}|2[AB][0-9]{3})$'),
  public_category text check (public_category in ('young', 'students', 'families', 'seniors', 'women', 'job_seekers', 'other')),
  handed_over_by text not null,
  handed_over_at timestamptz not null,
  returned_by text,
  returned_at timestamptz,
  constraint hand_over_out_of_received foreign key (delivery_outcome_id, batch_id, distributor_id, outcome, received_first, received_last)
    references issuance.delivery_outcome (id, batch_id, distributor_id, outcome, first, last),
  constraint hand_over_within_received check (last >= first and first >= received_first and last <= received_last),
  constraint hand_over_returned_or_not check ((returned_at is null) = (returned_by is null)),
  constraint hand_over_ranges_apart exclude using gist (batch_id with =, span with &&) where (returned_at is null)
);
create index hand_over_distributor on issuance.hand_over (distributor_id, batch_id);
create index hand_over_outcome on issuance.hand_over (delivery_outcome_id);
comment on table issuance.hand_over is 'Ranges of vouchers that a distributor gave out of its stock; one that was taken back is in stock again';
grant select, insert on issuance.hand_over to {{role}};
grant update (returned_by, returned_at) on issuance.hand_over to {{role}};

create function issuance.check_hand_over() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or old.returned_at is not null then
    raise exception 'hand-over % is a fact', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger returned_once before update or delete on issuance.hand_over
  for each row execute function issuance.check_hand_over();
