-- An order of vouchers and who pays which share of it.

create table issuance.order (
  id uuid primary key,
  reference text not null unique check (reference ~ '^RF[0-9]{2}MRO[0-9A-HJKMNP-TV-Z]{10}$'),
  programme_id uuid not null,
  rule_version int not null,
  count int not null check (count between 1 and 300000),
  face_cents bigint not null check (face_cents > 0),
  total_cents bigint not null check (total_cents = count * face_cents and total_cents <= 1000000000),
  currency char(3) not null check (currency = 'EUR'),
  placed_by text not null,
  placed_at timestamptz not null,
  funded_cents bigint not null default 0,
  minted_count int not null default 0,
  activated_cents bigint not null default 0,
  foreign key (programme_id, rule_version) references issuance.programme_rule (programme_id, version),
  constraint order_funded_within_total check (funded_cents between 0 and total_cents),
  constraint order_minted_within_count check (minted_count between 0 and count),
  constraint order_activated_within_total check (activated_cents between 0 and total_cents)
);
create index order_programme on issuance.order (programme_id);
comment on table issuance.order is 'Vouchers ordered; how far the order is funded, minted and activated, each bounded by what was ordered';
-- What was ordered is a fact: only the three running sums may move.
grant select, insert on issuance.order to {{role}};
grant update (funded_cents, minted_count, activated_cents) on issuance.order to {{role}};

create table issuance.order_share (
  order_id uuid not null references issuance.order (id),
  payer_id uuid not null references issuance.payer (id),
  basis_points int not null check (basis_points between 1 and 10000),
  -- Who gets the odd cent when two payers have an equal claim to it: the lower number.
  priority smallint not null check (priority between 0 and 19),
  primary key (order_id, payer_id),
  unique (order_id, priority)
);
create index order_share_payer on issuance.order_share (payer_id);
comment on table issuance.order_share is 'The payers of an order and the agreed share of each, in basis points that add up to the whole';
grant select, insert on issuance.order_share to {{role}};
create trigger append_only before update or delete on issuance.order_share
  for each row execute function issuance.refuse_change();

-- Judged at commit, when all shares of the order are there.
create function issuance.check_order_shares() returns trigger language plpgsql set search_path = pg_catalog as $$
declare total bigint;
begin
  select sum(basis_points) into total from issuance.order_share where order_id = new.order_id;
  if total <> 10000 then
    raise exception 'the shares of order % add up to % basis points, not 10000', new.order_id, total
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger order_shares_whole after insert on issuance.order_share
  deferrable initially deferred for each row execute function issuance.check_order_shares();
