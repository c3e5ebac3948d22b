-- What the payee's bank says of the holder's name before anybody is paid, and one account of a payee at a time.

-- Evidence: the bytes as they came, once each.
create table settlement.payee_verification_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null check (length(bytes) > 0),
  imported_by text not null,
  imported_at timestamptz not null,
  check (sha256 = encode(sha256(bytes), 'hex'))
);
comment on table settlement.payee_verification_file is 'The bytes of every imported answer to a verification of payees';
grant select, insert on settlement.payee_verification_file to {{role}};
create trigger append_only before update or delete on settlement.payee_verification_file
  for each row execute function settlement.refuse_change();

create table settlement.payee_verification (
  file_sha256 text not null references settlement.payee_verification_file,
  ordinal int not null check (ordinal >= 0),
  payee_bank_account_id uuid not null references settlement.payee_bank_account,
  outcome text not null check (outcome in ('match', 'close_match', 'no_match', 'not_possible')),
  bank_text text check (length(bank_text) between 1 and 500),
  answered_at timestamptz not null,
  primary key (file_sha256, ordinal, payee_bank_account_id)
);
create index payee_verification_account on settlement.payee_verification (payee_bank_account_id, answered_at);
comment on table settlement.payee_verification is 'What the bank answered about IBAN and holder of a version of a bank account; the latest answer counts';
grant select, insert on settlement.payee_verification to {{role}};
create trigger append_only before update or delete on settlement.payee_verification
  for each row execute function settlement.refuse_change();

alter table settlement.payee_bank_account
  add column approval_reason text check (length(approval_reason) between 1 and 500),
  add column replaced_at timestamptz,
  add constraint reason_of_an_approval check (approval_reason is null or approved_at is not null),
  add constraint replaced_after_approval check (replaced_at >= approved_at);
comment on column settlement.payee_bank_account.approval_reason is 'Why the checker approved it though the bank did not confirm the holder';
comment on column settlement.payee_bank_account.replaced_at is 'When the next version was approved; a version is the account to pay to from its approval until then';
grant update (approval_reason, replaced_at) on settlement.payee_bank_account to {{role}};

update settlement.payee_bank_account b set replaced_at = next.approved_at
  from (select id, lead(approved_at) over (partition by payee_id order by version) as approved_at
        from settlement.payee_bank_account where approved_at is not null) next
  where next.id = b.id and next.approved_at is not null;
create unique index one_account_at_a_time on settlement.payee_bank_account (payee_id) where approved_at is not null and replaced_at is null;

create or replace function settlement.payee_bank_account_moves_forward() returns trigger language plpgsql
  set search_path = pg_catalog as $$
begin
  if (old.approved_at is not null and (new.approved_at, new.checker, new.approval_reason) is distinct from (old.approved_at, old.checker, old.approval_reason))
    or (old.blocked_at is not null and (new.blocked_at, new.blocked_reason) is distinct from (old.blocked_at, old.blocked_reason))
    or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at)
  then
    raise exception 'what was approved, blocked or replaced stays so: bank account % gets a new version instead', old.id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

-- An approval closes the version before it, so that no two of a payee's accounts hold at one moment.
create function settlement.check_bank_account_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
declare answered text;
begin
  if exists (select from settlement.payee_bank_account b where b.payee_id = new.payee_id and b.version > new.version) then
    raise exception 'bank account % was superseded', new.id using errcode = 'check_violation';
  end if;
  select outcome into answered from settlement.payee_verification where payee_bank_account_id = new.id
    order by answered_at desc, file_sha256 desc, ordinal desc limit 1;
  if new.approval_reason is null and coalesce(answered, 'none') not in ('match', 'close_match') then
    raise exception 'bank account % is not confirmed by the bank and its approval states no reason', new.id using errcode = 'check_violation';
  end if;
  update settlement.payee_bank_account set replaced_at = new.approved_at
    where payee_id = new.payee_id and id <> new.id and approved_at is not null and replaced_at is null;
  return new;
end $$;
create trigger check_approval before update of approved_at on settlement.payee_bank_account
  for each row when (old.approved_at is null and new.approved_at is not null) execute function settlement.check_bank_account_approval();

create function settlement.check_bank_account_successor() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.payee_bank_account b
    where b.payee_id = new.payee_id and b.version > new.version and b.approved_at = new.replaced_at)
  then
    raise exception 'bank account % is replaced by none', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_successor after update of replaced_at on settlement.payee_bank_account
  deferrable initially deferred for each row when (old.replaced_at is null and new.replaced_at is not null)
  execute function settlement.check_bank_account_successor();

-- The account that a payee is paid to. `changed_at`: since when its IBAN stands there in the place of another one; entered again,
-- it keeps that instant, so that a second approval does not end a cooling-off. One plain select, so that the planner inlines it.
create function settlement.account_to_pay(payee uuid)
  returns table (id uuid, version int, iban text, bic text, holder text, blocked boolean, changed_at timestamptz)
  language sql stable as $$
  select b.id, b.version, b.iban, b.bic, b.holder, b.blocked_at is not null,
    (select min(same.approved_at) from settlement.payee_bank_account same
      where same.payee_id = payee and same.version > (
        select max(other.version) from settlement.payee_bank_account other
        where other.payee_id = payee and other.approved_at is not null and other.iban <> b.iban))
  from settlement.payee_bank_account b
  where b.payee_id = payee and b.approved_at is not null and b.replaced_at is null
$$;
