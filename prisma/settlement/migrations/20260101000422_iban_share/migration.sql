-- Two payees on one IBAN, e.g. an association and the town hall that keeps its account: never by accident, only when one person
-- proposed it with a reason and another approved it.

create table settlement.iban_share (
  id uuid primary key,
  payee_id uuid not null references settlement.payee,
  iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  reason text not null check (length(reason) between 1 and 500),
  proposed_by text not null,
  proposed_at timestamptz not null,
  constraint one_share_per_payee unique (iban, payee_id),
  unique (id, iban, payee_id)
);
comment on table settlement.iban_share is 'A proposal that a payee is paid on an IBAN that another payee has';
grant select, insert on settlement.iban_share to {{role}};
create trigger append_only before update or delete on settlement.iban_share
  for each row execute function settlement.refuse_change();

create table settlement.iban_share_approval (
  share_id uuid primary key references settlement.iban_share,
  approved_by text not null,
  approved_at timestamptz not null
);
comment on table settlement.iban_share_approval is 'A second person agrees that a payee shares an IBAN';
grant select, insert on settlement.iban_share_approval to {{role}};
create trigger append_only before update or delete on settlement.iban_share_approval
  for each row execute function settlement.refuse_change();

create function settlement.check_share_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.iban_share where id = new.share_id and proposed_by = new.approved_by) then
    raise exception 'share % cannot be approved by who proposed it', new.share_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_approval before insert on settlement.iban_share_approval
  for each row execute function settlement.check_share_approval();

alter table settlement.payee_bank_account drop constraint one_payee_per_iban;
alter table settlement.iban_holder
  drop constraint iban_holder_pkey, drop constraint iban_holder_iban_payee_id_key, add primary key (iban, payee_id),
  add column share_id uuid,
  add constraint held_by_its_own_share foreign key (share_id, iban, payee_id) references settlement.iban_share (id, iban, payee_id);
create unique index one_holder_unless_shared on settlement.iban_holder (iban) where share_id is null;
comment on table settlement.iban_holder is 'The payee that an approved IBAN belongs to, and those that share it by a decision of two people';
alter table settlement.payee_bank_account
  add constraint one_payee_per_iban foreign key (approved_iban, payee_id) references settlement.iban_holder (iban, payee_id);

create function settlement.check_shared_holder() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.iban_share_approval where share_id = new.share_id) then
    raise exception 'share % was approved by nobody', new.share_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_share before insert on settlement.iban_holder
  for each row when (new.share_id is not null) execute function settlement.check_shared_holder();
