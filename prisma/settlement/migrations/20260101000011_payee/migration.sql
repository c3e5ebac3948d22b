-- Who is paid: the legal body behind places, and the versions of its bank account.

create table settlement.known_place (
  place_id uuid primary key,
  site_id uuid not null,
  name text not null,
  siret text not null check (siret ~ '^[0-9]{14}$'),
  as_of timestamptz not null
);
comment on table settlement.known_place is 'Copy of what redemption announced about a place, the newest word';
grant select, insert, update on settlement.known_place to {{role}};

create table settlement.payee (
  id uuid primary key,
  legal_name text check (length(legal_name) between 1 and 140),
  siren text unique check (siren ~ '^[0-9]{9}$'),
  completed_by text,
  completed_at timestamptz,
  created_at timestamptz not null,
  check (num_nulls(legal_name, siren, completed_by, completed_at) in (0, 4))
);
comment on table settlement.payee is 'A legal body that is owed money; without a siren it is still to be completed and cannot be paid';
grant select, insert, delete, update (legal_name, siren, completed_by, completed_at) on settlement.payee to {{role}};

create table settlement.payee_site (
  place_id uuid primary key,
  payee_id uuid not null references settlement.payee,
  since timestamptz not null,
  unique (place_id, payee_id)
);
create index payee_site_payee on settlement.payee_site (payee_id);
comment on table settlement.payee_site is 'Which payee is owed what is redeemed at a place; fixed from the first claim line on';
grant select, insert, update (payee_id, since) on settlement.payee_site to {{role}};

create table settlement.iban_holder (
  iban text primary key,
  payee_id uuid not null references settlement.payee,
  unique (iban, payee_id)
);
comment on table settlement.iban_holder is 'The one payee that an approved IBAN belongs to';
grant select, insert on settlement.iban_holder to {{role}};
create trigger append_only before update or delete on settlement.iban_holder
  for each row execute function settlement.refuse_change();

create table settlement.payee_bank_account (
  id uuid primary key,
  payee_id uuid not null references settlement.payee,
  version int not null check (version > 0),
  iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bic text check (bic ~ '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
  holder text not null check (length(holder) between 1 and 70),
  maker text not null,
  proposed_at timestamptz not null,
  checker text,
  approved_at timestamptz,
  approved_iban text generated always as (case when approved_at is not null then iban end) stored,
  blocked_at timestamptz,
  blocked_reason text,
  unique (payee_id, version),
  unique (id, payee_id),
  constraint checker_is_not_maker check (checker <> maker),
  constraint one_payee_per_iban foreign key (approved_iban, payee_id) references settlement.iban_holder (iban, payee_id),
  check ((checker is null) = (approved_at is null)),
  check ((blocked_at is null) = (blocked_reason is null)),
  check (blocked_at is null or approved_at is not null)
);
comment on table settlement.payee_bank_account is 'Versions of the account that a payee is paid to: made by one person, checked by another, blocked after a return';
grant select, insert, update (checker, approved_at, blocked_at, blocked_reason) on settlement.payee_bank_account to {{role}};

create function settlement.payee_bank_account_moves_forward() returns trigger language plpgsql
  set search_path = pg_catalog as $$
begin
  if (old.approved_at is not null and (new.approved_at, new.checker) is distinct from (old.approved_at, old.checker))
    or (old.blocked_at is not null and (new.blocked_at, new.blocked_reason) is distinct from (old.blocked_at, old.blocked_reason))
  then
    raise exception 'what was approved or blocked stays so: bank account % gets a new version instead', old.id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger moves_forward before update on settlement.payee_bank_account
  for each row execute function settlement.payee_bank_account_moves_forward();
