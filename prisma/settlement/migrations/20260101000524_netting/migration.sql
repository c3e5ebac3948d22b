-- Fees are netted in statements by an agreement: terms that the operator publishes, and that somebody of a payee accepts, by their
-- version and digest. Where terms are in force and a payee accepted none, its statements pay the gross without the fee, and the fee is
-- billed beside them. Before the first terms an installation nets as it was agreed elsewhere.

create table settlement.netting_terms (
  version int primary key check (version > 0),
  text text not null check (length(text) between 1 and 20000),
  sha256 text not null,
  from_day date not null,
  published_by text not null,
  published_at timestamptz not null,
  unique (version, sha256),
  constraint sha256_of_text check (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);
comment on table settlement.netting_terms is 'Versions of the terms by which fees are kept of statements; closings ask for an acceptance from the first from_day on';
grant select, insert on settlement.netting_terms to {{role}};
create trigger append_only before update or delete on settlement.netting_terms
  for each row execute function settlement.refuse_change();

create table settlement.netting_acceptance (
  payee_id uuid not null references settlement.payee,
  version int not null,
  sha256 text not null,
  place_id uuid not null,
  accepted_by text not null,
  accepted_at timestamptz not null,
  primary key (payee_id, version),
  constraint accepts_this_text foreign key (version, sha256) references settlement.netting_terms (version, sha256)
);
comment on table settlement.netting_acceptance is 'Who accepted which terms for a payee; it holds until a later version is accepted';
grant select, insert on settlement.netting_acceptance to {{role}};
create trigger append_only before update or delete on settlement.netting_acceptance
  for each row execute function settlement.refuse_change();

alter table settlement.statement_fee
  add column billed_fee bigint not null default 0,
  add column billed_vat bigint not null default 0,
  add constraint kept_or_billed check ((fee = 0 and vat = 0) or (billed_fee = 0 and billed_vat = 0)),
  add constraint billed_has_the_sign_of_the_whole check (case when gross >= 0 then billed_fee >= 0 and billed_vat >= 0
    else billed_fee <= 0 and billed_vat <= 0 end);
comment on column settlement.statement_fee.billed_fee is 'Of a payee that accepted no netting: the fee that is not kept, but owed beside the statement';

alter table settlement.statement
  add column netting_version int,
  add constraint netted_by_what_was_accepted foreign key (payee_id, netting_version) references settlement.netting_acceptance (payee_id, version);
comment on column settlement.statement.netting_version is 'The terms by which its fees were kept; null where none were in force, or accepted';

create function settlement.check_netting() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  -- A debit note gives back what was kept or billed, and keeps nothing.
  if new.netting_version is null and new.net > 0 and (new.fee > 0 or new.vat > 0) and exists (select from settlement.netting_terms t
    where t.from_day <= (new.closed_at at time zone 'Europe/Paris')::date) then
    raise exception 'statement % keeps a fee of payee %, which accepted no netting', new.id, new.payee_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_netting before insert on settlement.statement
  for each row execute function settlement.check_netting();

-- What is invoiced is the fee of a group, kept or billed.
create or replace view settlement.statement_due_fee as
  select f.statement_id, case when f.gross < 0 then 'credit_note' else 'invoice' end as kind,
    abs(sum(f.fee + f.billed_fee))::bigint as fee, abs(sum(f.vat + f.billed_vat))::bigint as vat
  from settlement.statement_fee f group by 1, 2 having sum(f.fee + f.billed_fee) <> 0 or sum(f.vat + f.billed_vat) <> 0;
