-- Statements: what a payee is owed for a range of redemption's message numbers. A claim line is never updated: it
-- belongs to the statement whose range holds its number, and ranges of one payee form a chain without gap or overlap.

create table settlement.statement_closing (
  up_to_seq bigint primary key check (up_to_seq > 0),
  opened_by text not null,
  opened_at timestamptz not null,
  finished_at timestamptz
);
create unique index statement_closing_one_open on settlement.statement_closing ((finished_at is null)) where finished_at is null;
comment on table settlement.statement_closing is 'A cut-off: verified against redemption''s totals when it opened; every payee closes at its number';
grant select, insert, update (finished_at) on settlement.statement_closing to {{role}};

create table settlement.statement (
  id uuid primary key,
  payee_id uuid not null references settlement.payee,
  custody_account_id uuid not null,
  from_seq bigint,
  up_to_seq bigint not null references settlement.statement_closing,
  line_count int not null check (line_count > 0),
  gross bigint not null,
  fee bigint not null check (fee >= 0),
  vat bigint not null check (vat >= 0),
  commons bigint not null check (commons >= 0),
  net bigint not null check (net > 0),
  currency char(3) not null check (currency = 'EUR'),
  content text not null,
  sha256 text not null unique,
  closed_at timestamptz not null,
  unique (payee_id, custody_account_id, up_to_seq),
  constraint one_successor unique nulls not distinct (payee_id, custody_account_id, from_seq),
  constraint follows_its_predecessor foreign key (payee_id, custody_account_id, from_seq)
    references settlement.statement (payee_id, custody_account_id, up_to_seq),
  check (from_seq < up_to_seq),
  constraint parts_make_the_whole check (gross = net + fee + vat + commons),
  constraint sha256_of_content check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
comment on table settlement.statement is 'What a payee is owed for the message numbers after from_seq up to up_to_seq, with the text that its digest is taken of';
grant select, insert on settlement.statement to {{role}};
create trigger append_only before update or delete on settlement.statement
  for each row execute function settlement.refuse_change();

create table settlement.statement_fee (
  statement_id uuid not null references settlement.statement,
  programme_id uuid not null,
  fee_rule_version int not null,
  line_count int not null check (line_count > 0),
  gross bigint not null check (gross > 0),
  fee bigint not null check (fee >= 0),
  vat bigint not null check (vat >= 0),
  commons bigint not null check (commons >= 0),
  net bigint not null check (net >= 0),
  primary key (statement_id, programme_id, fee_rule_version),
  foreign key (programme_id, fee_rule_version) references settlement.fee_rule (programme_id, version),
  check (gross = net + fee + vat + commons)
);
comment on table settlement.statement_fee is 'The arithmetic of a statement: fee, VAT and commons share on the sum per programme and version of its fee rule';
grant select, insert on settlement.statement_fee to {{role}};
create trigger append_only before update or delete on settlement.statement_fee
  for each row execute function settlement.refuse_change();

create view settlement.statement_line as
  select s.id as statement_id, c.id as claim_line_id, c.redemption_id, c.source_seq, c.place_id, c.programme_id,
         c.fee_rule_version, c.gross, c.currency, c.service_date
  from settlement.statement s
  join settlement.claim_line c on c.payee_id = s.payee_id and c.custody_account_id = s.custody_account_id
    and c.source_seq > coalesce(s.from_seq, 0) and c.source_seq <= s.up_to_seq;
comment on view settlement.statement_line is 'Which claim lines a statement covers: a rule over numbers, not a copy';
grant select on settlement.statement_line to {{role}};

-- A line whose number has been closed would never be paid: better a dead letter that somebody reads.
create function settlement.refuse_late_claim_line() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.statement_closing where up_to_seq >= new.source_seq) then
    raise exception 'claim line of redemption % has number %, which is closed already', new.redemption_id, new.source_seq
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger refuse_late before insert on settlement.claim_line
  for each row execute function settlement.refuse_late_claim_line();
