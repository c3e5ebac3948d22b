-- Who pays, and under which rules. A rule is never edited: a change is a further version, in force from its publication.

create table issuance.payer (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  siren char(9) not null check (siren ~ '^[0-9]{9}$'),
  siret char(14) check (siret ~ '^[0-9]{14}$' and left(siret, 9) = siren),
  created_at timestamptz not null,
  constraint payer_once unique nulls not distinct (siren, siret)
);
comment on table issuance.payer is 'Organisations that fund vouchers: councils, employers, foundations';
grant select, insert on issuance.payer to {{role}};

create table issuance.programme (
  id uuid primary key,
  kind text not null check (kind in ('unit', 'balance')),
  currency char(3) not null check (currency = 'EUR'),
  custody_account_id uuid not null,
  created_at timestamptz not null
);
comment on table issuance.programme is 'What never changes in a programme: the kind of its vouchers and the account that holds its money';
grant select, insert on issuance.programme to {{role}};
create trigger append_only before update or delete on issuance.programme
  for each row execute function issuance.refuse_change();

create table issuance.programme_rule (
  programme_id uuid not null references issuance.programme (id),
  version int not null check (version >= 1),
  name text not null check (length(name) between 1 and 200),
  face_cents bigint not null check (face_cents between 1 and 1000000),
  usable_until date not null,
  claimable_until date not null,
  creditor_name text not null check (length(creditor_name) between 1 and 140),
  creditor_iban text not null check (creditor_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  creditor_bic text check (creditor_bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
  in_force_from timestamptz not null,
  published_by text not null,
  primary key (programme_id, version),
  check (claimable_until >= usable_until)
);
comment on table issuance.programme_rule is 'Versions of a programme''s rules with the moment from which each is in force; an order keeps the version it was placed under';
grant select, insert on issuance.programme_rule to {{role}};
create trigger append_only before update or delete on issuance.programme_rule
  for each row execute function issuance.refuse_change();
