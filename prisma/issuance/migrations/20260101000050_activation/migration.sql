-- Ranges of a batch that cover stands behind. btree_gist lets one exclusion constraint compare a uuid and a range.
create extension if not exists btree_gist with schema public;

create table issuance.activation (
  id uuid primary key,
  batch_id uuid not null,
  batch_count int not null,
  face_cents bigint not null,
  first int not null check (first >= 0),
  last int not null,
  span int4range not null generated always as (int4range(first, last, '[]')) stored,
  amount_cents bigint not null,
  currency char(3) not null check (currency = 'EUR'),
  activated_by text not null,
  activated_at timestamptz not null,
  spendable_at timestamptz,
  foreign key (batch_id, batch_count, face_cents) references issuance.batch (id, count, face_cents),
  constraint activation_within_batch check (last >= first and last < batch_count),
  constraint activation_at_face check (amount_cents = (last - first + 1) * face_cents),
  constraint activation_ranges_apart exclude using gist (batch_id with =, span with &&)
);
comment on table issuance.activation is 'Ranges of vouchers that became spendable; the ranges of a batch never overlap';
grant select, insert on issuance.activation to {{role}};
grant update (spendable_at) on issuance.activation to {{role}};

create table issuance.activation_share (
  activation_id uuid not null references issuance.activation (id),
  payer_id uuid not null references issuance.payer (id),
  amount_cents bigint not null check (amount_cents > 0),
  primary key (activation_id, payer_id)
);
comment on table issuance.activation_share is 'What each payer bore of an activation; the shares add up to it, to the cent';
grant select, insert on issuance.activation_share to {{role}};
create trigger append_only before update or delete on issuance.activation_share
  for each row execute function issuance.refuse_change();

-- L9 by the database, judged at commit, when all shares of the activation are there.
create function issuance.check_activation_shares() returns trigger language plpgsql set search_path = pg_catalog as $$
declare total bigint; amount bigint;
begin
  select sum(amount_cents) into total from issuance.activation_share where activation_id = new.activation_id;
  select amount_cents into amount from issuance.activation where id = new.activation_id;
  if total <> amount then
    raise exception 'the shares of activation % add up to %, not %', new.activation_id, total, amount
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger activation_shares_whole after insert on issuance.activation_share
  deferrable initially deferred for each row execute function issuance.check_activation_shares();
