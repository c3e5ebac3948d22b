-- A second rail: a run may pay places to their Stripe accounts, out of our balance at Stripe, instead of by a file for the bank.
-- The states of its payments, its approvals and what its payments pay are those of every run; this adds where they go, what we asked
-- of Stripe, and what became of it.

-- Whom transfers go to. As with bank accounts: versions, made by one person, checked by another, one at a time, one payee each.
create table settlement.destination_holder (
  stripe_account_id text primary key check (stripe_account_id ~ '^acct_[A-Za-z0-9]{1,250}$'),
  payee_id uuid not null references settlement.payee,
  unique (stripe_account_id, payee_id)
);
comment on table settlement.destination_holder is 'The one payee that an approved Stripe account belongs to';
grant select, insert on settlement.destination_holder to {{role}};
create trigger append_only before update or delete on settlement.destination_holder
  for each row execute function settlement.refuse_change();

create table settlement.payee_destination (
  id uuid primary key,
  payee_id uuid not null references settlement.payee,
  version int not null check (version > 0),
  stripe_account_id text not null check (stripe_account_id ~ '^acct_[A-Za-z0-9]{1,250}$'),
  country char(2) not null,
  business_name text check (length(business_name) between 1 and 500),
  maker text not null,
  proposed_at timestamptz not null,
  checker text,
  approved_at timestamptz,
  approved_account text generated always as (case when approved_at is not null then stripe_account_id end) stored,
  replaced_at timestamptz,
  blocked_at timestamptz,
  blocked_reason text,
  unique (payee_id, version),
  unique (id, payee_id),
  constraint destination_checker_is_not_maker check (checker <> maker),
  constraint one_payee_per_destination foreign key (approved_account, payee_id) references settlement.destination_holder (stripe_account_id, payee_id),
  check ((checker is null) = (approved_at is null)),
  check ((blocked_at is null) = (blocked_reason is null)),
  check (blocked_at is null or approved_at is not null),
  constraint destination_replaced_after_approval check (replaced_at >= approved_at)
);
comment on table settlement.payee_destination is 'Versions of the Stripe account that a payee is paid to, as Stripe knew it when it was proposed';
comment on column settlement.payee_destination.business_name is 'As Stripe tells it, to be compared with the legal name; null where it tells none';
grant select, insert, update (checker, approved_at, replaced_at, blocked_at, blocked_reason) on settlement.payee_destination to {{role}};
create unique index one_destination_at_a_time on settlement.payee_destination (payee_id) where approved_at is not null and replaced_at is null;

create function settlement.payee_destination_moves_forward() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (old.approved_at is not null and (new.approved_at, new.checker) is distinct from (old.approved_at, old.checker))
    or (old.blocked_at is not null and (new.blocked_at, new.blocked_reason) is distinct from (old.blocked_at, old.blocked_reason))
    or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at)
  then
    raise exception 'what was approved, blocked or replaced stays so: destination % gets a new version instead', old.id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger moves_forward before update on settlement.payee_destination
  for each row execute function settlement.payee_destination_moves_forward();

-- An approval closes the version before it, so that no two of a payee's Stripe accounts hold at one moment.
create function settlement.check_destination_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.payee_destination d where d.payee_id = new.payee_id and d.version > new.version) then
    raise exception 'destination % was superseded', new.id using errcode = 'check_violation';
  end if;
  update settlement.payee_destination set replaced_at = new.approved_at
    where payee_id = new.payee_id and id <> new.id and approved_at is not null and replaced_at is null;
  return new;
end $$;
create trigger check_approval before update of approved_at on settlement.payee_destination
  for each row when (old.approved_at is null and new.approved_at is not null) execute function settlement.check_destination_approval();

create function settlement.check_destination_successor() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.payee_destination d
    where d.payee_id = new.payee_id and d.version > new.version and d.approved_at = new.replaced_at)
  then
    raise exception 'destination % is replaced by none', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_successor after update of replaced_at on settlement.payee_destination
  deferrable initially deferred for each row when (old.replaced_at is null and new.replaced_at is not null)
  execute function settlement.check_destination_successor();

-- The Stripe account that a payee is paid to. `changed_at`: since when it stands in the place of another one, or beside a bank account
-- that was known before: the first Stripe account of a payee that has an IBAN leads money away from it as a new IBAN would.
create function settlement.destination_to_pay(payee uuid)
  returns table (id uuid, version int, stripe_account_id text, blocked boolean, changed_at timestamptz)
  language sql stable as $$
  select d.id, d.version, d.stripe_account_id, d.blocked_at is not null,
    (select min(same.approved_at) from settlement.payee_destination same
      where same.payee_id = payee and same.version > coalesce(
        (select max(other.version) from settlement.payee_destination other
          where other.payee_id = payee and other.approved_at is not null and other.stripe_account_id <> d.stripe_account_id),
        (select 0 from settlement.payee_bank_account b where b.payee_id = payee and b.approved_at <= d.approved_at limit 1)))
  from settlement.payee_destination d
  where d.payee_id = payee and d.approved_at is not null and d.replaced_at is null
$$;

-- The other way round: a first IBAN of a payee that is paid by Stripe waits too.
create or replace function settlement.account_to_pay(payee uuid)
  returns table (id uuid, version int, iban text, bic text, holder text, blocked boolean, changed_at timestamptz)
  language sql stable as $$
  select b.id, b.version, b.iban, b.bic, b.holder, b.blocked_at is not null,
    (select min(same.approved_at) from settlement.payee_bank_account same
      where same.payee_id = payee and same.version > coalesce(
        (select max(other.version) from settlement.payee_bank_account other
          where other.payee_id = payee and other.approved_at is not null and other.iban <> b.iban),
        (select 0 from settlement.payee_destination d where d.payee_id = payee and d.approved_at <= b.approved_at limit 1)))
  from settlement.payee_bank_account b
  where b.payee_id = payee and b.approved_at is not null and b.replaced_at is null
$$;

-- What a run of either rail may pay: one list, so that no rail pays what the other would leave.
create function settlement.unpaid_statements(account uuid, today date)
  returns table (payee_id uuid, legal_name text, first text, statements jsonb) language sql stable as $$
  select p.id, p.legal_name, o.first, o.statements
  from (
    select s.payee_id, min(s.id::text) as first, jsonb_agg(jsonb_build_object('id', s.id, 'net', settlement.to_pay(s.id, s.net),
      'waits', exists (select from settlement.statement_measures(s.id, s.payee_id, today))) order by s.up_to_seq) as statements
    from settlement.statement s
    where s.custody_account_id = account and s.net > 0 and settlement.to_pay(s.id, s.net) > 0
      and not exists (select from settlement.payment_statement ps where ps.statement_id = s.id and ps.live)
    group by s.payee_id) o
  join settlement.payee p on p.id = o.payee_id
$$;

-- Who last pointed the payee's money somewhere, by either rail: nobody of them reviews what it is owed.
create function settlement.last_makers(payee uuid) returns setof text language sql stable as $$
  (select maker from settlement.payee_bank_account where payee_id = payee order by version desc limit 1)
  union
  (select maker from settlement.payee_destination where payee_id = payee order by version desc limit 1)
$$;

create or replace function settlement.check_clearance() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.cleared_by in (select settlement.last_makers(s.payee_id) from settlement.statement s where s.id = new.statement_id) then
    raise exception 'statement % cannot be cleared by who last changed the payee''s bank account', new.statement_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function settlement.check_hold_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare closed_up_to bigint;
begin
  if new.decided_by in (select settlement.last_makers(h.payee_id) from settlement.hold h where h.id = new.hold_id) then
    raise exception 'hold % cannot be reviewed by who last changed the payee''s bank account', new.hold_id using errcode = 'check_violation';
  end if;
  -- Released lines count from the next closing on: a number that is closed already would leave them in no statement.
  select max(up_to_seq) into closed_up_to from settlement.statement_closing;
  if new.due_seq <> closed_up_to + 1 then
    raise exception 'hold % is released at %, but statements are closed up to %', new.hold_id, new.due_seq, closed_up_to
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- A run has one rail, and so have its payments. One by Stripe has no part of a bank's file, pays places only (what goes back to a payer
-- goes back to its card), and out of the custody account that Stripe pays out to.
alter table settlement.settlement_run
  add column rail text not null default 'sepa' check (rail in ('sepa', 'stripe')),
  alter column payment_information_id drop not null,
  add column stripe_bank_account_id uuid generated always as (case when rail = 'stripe' then bank_account_id end) stored
    references settlement.stripe_account (bank_account_id),
  add constraint part_of_a_file check ((rail = 'sepa') = (payment_information_id is not null)),
  add constraint transfers_pay_places check (rail = 'sepa' or purpose = 'place'),
  add unique (id, rail);
alter table settlement.payment
  add column rail text not null default 'sepa',
  alter column payee_bank_account_id drop not null,
  add column payee_destination_id uuid,
  add constraint rail_of_its_run foreign key (run_id, rail) references settlement.settlement_run (id, rail),
  add constraint destination_of_its_payee foreign key (payee_destination_id, payee_id) references settlement.payee_destination (id, payee_id),
  add constraint account_of_its_rail check
    ((rail = 'sepa') = (payee_bank_account_id is not null) and (rail = 'stripe') = (payee_destination_id is not null)),
  add unique (id, rail);
create index payment_destination on settlement.payment (payee_destination_id) where payee_destination_id is not null;

-- Who entered the Stripe account for the payee, by any version up to this one; and who checked it, until a run has paid there.
create function settlement.people_behind_destination(destination uuid, but_run uuid) returns setof text language sql stable as $$
  select who from settlement.payee_destination d
    join settlement.payee_destination same on same.payee_id = d.payee_id and same.stripe_account_id = d.stripe_account_id and same.version <= d.version
      and (same.approved_at is not null or d.approved_at is null)
    cross join lateral (select same.maker as who union all select same.checker where not exists (
      select from settlement.payee_destination since join settlement.payment paid on paid.payee_destination_id = since.id
        join settlement.settlement_run r on r.id = paid.run_id
      where since.payee_id = same.payee_id and since.stripe_account_id = same.stripe_account_id and since.version >= same.version
        and r.state = 'released' and r.id is distinct from but_run)) people
  where d.id = destination and who is not null
$$;

create or replace function settlement.people_behind_payee(payee uuid) returns setof text language sql stable as $$
  select settlement.people_behind(b.id, null) from settlement.payee_bank_account b where b.payee_id = payee and b.replaced_at is null
  union
  select settlement.people_behind_destination(d.id, null) from settlement.payee_destination d where d.payee_id = payee and d.replaced_at is null
$$;

-- The list of what moves the balance at Stripe tells transfers apart, and from when on money can be spent.
alter table settlement.stripe_movement
  drop constraint stripe_movement_kind_check,
  drop constraint stripe_movement_direction,
  add column transfer_id text,
  add column transfer_payment_id uuid,
  add column available_at timestamptz,
  add constraint stripe_movement_kind_check check (kind in
    ('charge', 'payout', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'transfer', 'transfer_reversal', 'other')),
  add constraint stripe_movement_transfer check (kind not in ('transfer', 'transfer_reversal') or transfer_id is not null),
  add constraint stripe_movement_direction check
    ((kind not in ('refund', 'dispute', 'transfer') or amount < 0) and (kind not in ('refund_failure', 'dispute_reversal', 'transfer_reversal') or amount > 0));
create index stripe_movement_transfer_id on settlement.stripe_movement (transfer_id) where transfer_id is not null;
comment on column settlement.stripe_movement.available_at is 'From when on its money can be spent; null: read before that was kept, and long spendable';

create table settlement.stripe_transfer (
  payment_id uuid primary key,
  rail text not null generated always as ('stripe') stored,
  destination text not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  state text not null default 'asked' check (state in ('asked', 'sent', 'refused', 'reversed')),
  released_at timestamptz not null,
  first_called_at timestamptz,
  claimed_until timestamptz,
  tries int not null default 0,
  stripe_transfer_id text unique check (length(stripe_transfer_id) between 1 and 255),
  movement_id text unique check (length(movement_id) between 1 and 255),
  sent_event_id uuid unique,
  sent_at timestamptz,
  refused_event_id uuid unique,
  refused_at timestamptz,
  reason_code text check (length(reason_code) between 1 and 40),
  reversed_event_id uuid unique,
  reversed_at timestamptz,
  reversal_movement_id text unique references settlement.stripe_movement,
  constraint sent_over_its_rail foreign key (payment_id, rail) references settlement.payment (id, rail),
  check ((first_called_at is null) = (tries = 0) and (claimed_until is null) = (tries = 0)),
  check ((sent_at is null) = (sent_event_id is null) and (sent_at is null) = (stripe_transfer_id is null)),
  check ((refused_at is null) = (refused_event_id is null) and (refused_at is null) = (reason_code is null)),
  check ((reversed_at is null) = (reversed_event_id is null) and (reversed_at is null) = (reversal_movement_id is null)),
  check (sent_at is null or refused_at is null),
  check (reversed_at is null or sent_at is not null),
  -- No outcome without a call that was noted before it was made.
  check (state = 'asked' or first_called_at is not null),
  check (state = case when reversed_at is not null then 'reversed' when sent_at is not null then 'sent' when refused_at is not null then 'refused' else 'asked' end)
);
create index stripe_transfer_asked on settlement.stripe_transfer (tries, payment_id) where state = 'asked';
comment on table settlement.stripe_transfer is 'What a released payment asks of Stripe, written with the release and before any call; asked and called is unknown until Stripe is heard';
grant select, insert on settlement.stripe_transfer to {{role}};
grant update (state, first_called_at, claimed_until, tries, stripe_transfer_id, movement_id, sent_event_id, sent_at, refused_event_id, refused_at, reason_code,
  reversed_event_id, reversed_at, reversal_movement_id) on settlement.stripe_transfer to {{role}};

create function settlement.check_stripe_transfer() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'asked' or not exists (
      select from settlement.payment p join settlement.payee_destination d on d.id = p.payee_destination_id
      where p.id = new.payment_id and p.state = 'released' and p.amount = new.amount and d.stripe_account_id = new.destination)
    then
      raise exception 'transfer of payment % is not what was released', new.payment_id using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (old.state, new.state) not in (('asked', 'asked'), ('asked', 'sent'), ('asked', 'refused'), ('sent', 'reversed'))
    or (old.first_called_at is not null and new.first_called_at is distinct from old.first_called_at) or new.tries < old.tries
    or (old.state = 'sent' and (new.stripe_transfer_id, new.movement_id, new.sent_at, new.sent_event_id)
      is distinct from (old.stripe_transfer_id, old.movement_id, old.sent_at, old.sent_event_id))
  then
    raise exception 'transfer of payment % only goes forward', new.payment_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_transfer before insert or update on settlement.stripe_transfer
  for each row execute function settlement.check_stripe_transfer();

-- A release writes the intent of each of its transfers, or does not happen.
create function settlement.check_transfers_asked() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.payment p where p.run_id = new.id
    and not exists (select from settlement.stripe_transfer t where t.payment_id = p.id))
  then
    raise exception 'run % was released without asking for each of its transfers', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_transfers_asked after update of state on settlement.settlement_run
  deferrable initially deferred for each row when (new.rail = 'stripe' and new.state = 'released') execute function settlement.check_transfers_asked();

-- The bank moves what the bank was sent, and Stripe what Stripe was asked for.
create or replace function settlement.check_payment_state() returns trigger language plpgsql set search_path = pg_catalog as $$
declare run_state text; allowed boolean;
begin
  select state into run_state from settlement.settlement_run where id = new.run_id;
  if tg_op = 'INSERT' then
    if new.state <> 'instructed' or run_state <> 'drafted' then
      raise exception 'payment % begins as an instruction of a drafted run', new.id using errcode = 'check_violation';
    end if;
    return new;
  end if;
  allowed := case
    when old.state = 'instructed' and new.state in ('released', 'cancelled') then run_state = new.state
    when new.rail = 'stripe' then exists (select from settlement.stripe_transfer t where t.payment_id = new.id
      and (old.state, new.state, t.state) in (('released', 'booked', 'sent'), ('booked', 'returned', 'reversed'), ('released', 'rejected', 'refused')))
    when (old.state, new.state) in (('released', 'booked'), ('booked', 'returned')) then
      exists (select from settlement.payment_movement where payment_id = new.id and movement = new.state)
    when (old.state, new.state) = ('released', 'rejected') then
      exists (select from settlement.payment_rejection where payment_id = new.id)
    else false end;
  if not allowed then
    raise exception 'payment % cannot go from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function settlement.check_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.settlement_run where id = new.run_id and created_by = new.user_id) then
    raise exception 'run % cannot be approved by its creator', new.run_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.payment p cross join lateral (
               select settlement.people_behind(p.payee_bank_account_id, new.run_id) as who
               union all select settlement.people_behind_destination(p.payee_destination_id, new.run_id)) people
             where p.run_id = new.run_id and who = new.user_id) then
    raise exception 'run % cannot be approved by who changed a bank account that it pays to', new.run_id
      using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.settlement_run where id = new.run_id and state in ('drafted', 'approved')) then
    raise exception 'run % is past approval', new.run_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
