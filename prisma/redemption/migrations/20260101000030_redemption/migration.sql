-- What tills write. No foreign keys on purpose: each would lock, at every redemption, a row that unrelated redemptions
-- share (the place, the batch); the voucher itself is locked by the transaction that writes here.

create table redemption.redemption (
  id uuid primary key,
  voucher_id uuid not null,
  batch_id uuid not null,
  programme_id uuid not null,
  place_id uuid not null,
  site_id uuid not null,
  amount bigint not null check (amount > 0),
  co_payment bigint not null check (co_payment >= 0),
  balance_after bigint not null check (balance_after >= 0),
  redeemed_at timestamptz not null,
  outbox_id bigint not null,
  service_date date not null,
  accreditation_version int not null check (accreditation_version > 0),
  fee_rule_version int not null check (fee_rule_version > 0),
  currency char(3) not null check (currency = 'EUR')
);
-- The only secondary index: each one costs a till about as much as a third of its whole write.
create index redemption_place on redemption.redemption (place_id, outbox_id);
comment on table redemption.redemption is 'Services rendered for a voucher; the id is the key that the till drew, and the id of the event';
grant select, insert on redemption.redemption to {{role}};
create trigger append_only before update or delete on redemption.redemption
  for each row execute function redemption.refuse_change();

create table redemption.refused_redemption (
  key uuid primary key,
  place_id uuid not null,
  request_hash uuid not null,
  code text not null,
  details jsonb not null check (jsonb_typeof(details) = 'object'),
  refused_at timestamptz not null
);
comment on table redemption.refused_redemption is 'Decided refusals by the key of the attempt: a repeated attempt is told the same; kept 90 days';
grant select, insert on redemption.refused_redemption to {{role}};
create trigger append_only before update or delete on redemption.refused_redemption
  for each row execute function redemption.refuse_change();
