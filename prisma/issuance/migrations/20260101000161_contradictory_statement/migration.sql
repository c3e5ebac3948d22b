-- The statement that the payers of an order and the operator sign when its vouchers have expired. No money of an order's
-- expired vouchers moves before all of them have signed the same bytes, whatever the code above does.

create table issuance.contradictory_statement (
  id uuid primary key,
  order_id uuid not null references issuance.order (id),
  version int not null check (version > 0),
  outcome text not null check (outcome in ('refund', 'commons', 'roll_over')),
  activated_cents bigint not null check (activated_cents >= 0),
  redeemed_cents bigint not null check (redeemed_cents >= 0),
  expired_cents bigint not null check (expired_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  content text not null,
  sha256 text not null unique,
  drawn_up_by text not null,
  drawn_up_at timestamptz not null,
  unique (order_id, version),
  unique (order_id, id),
  unique (id, sha256),
  constraint used_and_expired_make_the_whole check (activated_cents = redeemed_cents + expired_cents),
  constraint sha256_of_content check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
comment on table issuance.contradictory_statement is 'What became of an order: activated, redeemed, expired; drawn up by the operator, the latest version is to be signed';
grant select, insert on issuance.contradictory_statement to {{role}};
create trigger append_only before update or delete on issuance.contradictory_statement
  for each row execute function issuance.refuse_change();

create table issuance.contradictory_statement_share (
  statement_id uuid not null references issuance.contradictory_statement (id),
  payer_id uuid not null references issuance.payer (id),
  activated_cents bigint not null check (activated_cents >= 0),
  redeemed_cents bigint not null check (redeemed_cents >= 0),
  expired_cents bigint not null check (expired_cents >= 0),
  primary key (statement_id, payer_id),
  check (activated_cents = redeemed_cents + expired_cents)
);
create index contradictory_statement_share_payer on issuance.contradictory_statement_share (payer_id);
comment on table issuance.contradictory_statement_share is 'What each payer of the order bore of what was activated, redeemed and expired, to the cent';
grant select, insert on issuance.contradictory_statement_share to {{role}};
create trigger append_only before update or delete on issuance.contradictory_statement_share
  for each row execute function issuance.refuse_change();

-- L9 by the database, judged at commit: the shares are those of all payers of the order, and add up.
create function issuance.check_contradictory_statement() returns trigger language plpgsql set search_path = pg_catalog as $$
declare statement issuance.contradictory_statement; parts record;
begin
  select * into statement from issuance.contradictory_statement where id = new.id;
  select coalesce(sum(activated_cents), 0) as activated, coalesce(sum(redeemed_cents), 0) as redeemed,
      coalesce(sum(expired_cents), 0) as expired into parts
    from issuance.contradictory_statement_share where statement_id = new.id;
  if (parts.activated, parts.redeemed, parts.expired) is distinct from
     (statement.activated_cents::numeric, statement.redeemed_cents::numeric, statement.expired_cents::numeric) then
    raise exception 'the shares of statement % do not add up to it', new.id using errcode = 'check_violation';
  end if;
  if exists (select payer_id from issuance.order_share where order_id = statement.order_id
             except select payer_id from issuance.contradictory_statement_share where statement_id = new.id)
    or exists (select payer_id from issuance.contradictory_statement_share where statement_id = new.id
               except select payer_id from issuance.order_share where order_id = statement.order_id) then
    raise exception 'statement % is not of the payers of its order', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger statement_whole after insert on issuance.contradictory_statement
  deferrable initially deferred for each row execute function issuance.check_contradictory_statement();

create table issuance.statement_signature (
  statement_id uuid not null,
  -- `operator`, or the id of the payer that signs.
  party text not null,
  payer_id uuid,
  sha256 text not null,
  signed_by text not null,
  signed_at timestamptz not null,
  primary key (statement_id, party),
  check (party = coalesce(payer_id::text, 'operator')),
  constraint signs_these_bytes foreign key (statement_id, sha256) references issuance.contradictory_statement (id, sha256),
  constraint signs_for_a_payer_of_it foreign key (statement_id, payer_id)
    references issuance.contradictory_statement_share (statement_id, payer_id)
);
comment on table issuance.statement_signature is 'Who signed which bytes of a contradictory statement, for which side, and when';
grant select, insert on issuance.statement_signature to {{role}};
create trigger append_only before update or delete on issuance.statement_signature
  for each row execute function issuance.refuse_change();

create function issuance.check_statement_signature() returns trigger language plpgsql set search_path = pg_catalog as $$
declare statement issuance.contradictory_statement;
begin
  select * into statement from issuance.contradictory_statement where id = new.statement_id;
  if new.party = 'operator' and new.signed_by = statement.drawn_up_by then
    raise exception 'statement % cannot be signed for the operator by who drew it up', new.statement_id using errcode = 'check_violation';
  end if;
  if exists (select from issuance.contradictory_statement where order_id = statement.order_id and version > statement.version) then
    raise exception 'statement % was replaced by a later version', new.statement_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_signature before insert on issuance.statement_signature
  for each row execute function issuance.check_statement_signature();

create table issuance.signed_statement (
  order_id uuid primary key,
  statement_id uuid not null unique,
  event_id uuid not null unique,
  signed_at timestamptz not null,
  foreign key (order_id, statement_id) references issuance.contradictory_statement (order_id, id)
);
comment on table issuance.signed_statement is 'The statement of an order that every side has signed: once per order, and what its expired money moved by';
grant select, insert on issuance.signed_statement to {{role}};
create trigger append_only before update or delete on issuance.signed_statement
  for each row execute function issuance.refuse_change();

create function issuance.check_signed_statement() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from issuance.statement_signature where statement_id = new.statement_id and party = 'operator')
    or exists (select from issuance.contradictory_statement_share s where s.statement_id = new.statement_id
               and not exists (select from issuance.statement_signature g where g.statement_id = s.statement_id and g.payer_id = s.payer_id)) then
    raise exception 'statement % is not signed by all', new.statement_id using errcode = 'check_violation';
  end if;
  if exists (select from issuance.contradictory_statement a join issuance.contradictory_statement b on b.order_id = a.order_id
             where a.id = new.statement_id and b.version > a.version) then
    raise exception 'statement % was replaced by a later version', new.statement_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_signed before insert on issuance.signed_statement
  for each row execute function issuance.check_signed_statement();

-- Nor may a new version come after the last signature.
create function issuance.refuse_statement_after_signing() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from issuance.signed_statement where order_id = new.order_id) then
    raise exception 'order % has a signed statement', new.order_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_after_signing before insert on issuance.contradictory_statement
  for each row execute function issuance.refuse_statement_after_signing();

-- Row 23 moves exactly what was signed, and nothing leaves the expired value of an order in another way. Judged at commit.
create function issuance.check_expired_draw() returns trigger language plpgsql set search_path = pg_catalog as $$
declare signed bigint; drawn bigint;
begin
  select c.expired_cents into signed
    from issuance.signed_statement s join issuance.contradictory_statement c on c.id = s.statement_id
    where s.event_id = new.event_id and 'expired:' || s.order_id = new.debit;
  select sum(amount) into drawn from issuance.transfer where event_id = new.event_id and debit = new.debit;
  if signed is distinct from drawn then
    raise exception '% cents leave %, signed are %', drawn, new.debit, coalesce(signed::text, 'none') using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger expired_moves_as_signed after insert on issuance.transfer
  deferrable initially deferred for each row when (new.debit like 'expired:%') execute function issuance.check_expired_draw();
