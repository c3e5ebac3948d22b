-- The treasury: our own bank accounts, every statement of them, and each line of a statement by its one kind.

create table settlement.bank_account (
  id uuid primary key,
  name text not null check (length(name) between 1 and 70),
  iban text not null unique check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bic text not null check (bic ~ '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
  custody text not null check (custody in ('segregated_account', 'payer_account', 'operator_float')),
  currency char(3) not null default 'EUR' check (currency = 'EUR'),
  opened_by text not null,
  opened_at timestamptz not null,
  constraint custody_supported check (custody = 'segregated_account')
);
comment on table settlement.bank_account is 'Our bank accounts; version 1 knows segregated client accounts only';
grant select, insert on settlement.bank_account to {{role}};

-- Evidence: the bytes as they came, once each.
create table settlement.bank_statement_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null check (length(bytes) > 0),
  imported_by text not null,
  imported_at timestamptz not null,
  check (sha256 = encode(sha256(bytes), 'hex'))
);
comment on table settlement.bank_statement_file is 'The bytes of every imported bank file';
grant select, insert on settlement.bank_statement_file to {{role}};
create trigger append_only before update or delete on settlement.bank_statement_file
  for each row execute function settlement.refuse_change();

create table settlement.bank_statement (
  id uuid primary key,
  bank_account_id uuid not null references settlement.bank_account,
  ordinal int not null check (ordinal > 0),
  previous_ordinal int generated always as (nullif(ordinal - 1, 0)) stored,
  statement_ref text not null,
  file_sha256 text not null references settlement.bank_statement_file,
  content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
  opened_on date not null,
  closed_on date not null check (closed_on >= opened_on),
  opening_balance bigint not null,
  credits bigint not null check (credits >= 0),
  debits bigint not null check (debits >= 0),
  closing_balance bigint not null,
  currency char(3) not null check (currency = 'EUR'),
  line_count int not null check (line_count >= 0),
  imported_by text not null,
  imported_at timestamptz not null,
  unique (bank_account_id, ordinal),
  unique (bank_account_id, ordinal, closing_balance),
  unique (bank_account_id, statement_ref, closed_on),
  constraint balances_add_up check (opening_balance + credits - debits = closing_balance),
  -- A day that is missing, or one that comes again under another id, breaks the chain of balances.
  constraint balance_carries_on foreign key (bank_account_id, previous_ordinal, opening_balance)
    references settlement.bank_statement (bank_account_id, ordinal, closing_balance)
);
comment on table settlement.bank_statement is 'Bank statements in an unbroken chain per account, with the balances that the bank states';
grant select, insert on settlement.bank_statement to {{role}};
create trigger append_only before update or delete on settlement.bank_statement
  for each row execute function settlement.refuse_change();

create table settlement.bank_line (
  id uuid primary key,
  bank_account_id uuid not null references settlement.bank_account,
  bank_statement_id uuid not null references settlement.bank_statement,
  entry_index int not null check (entry_index >= 0),
  detail_index int not null check (detail_index >= 0),
  entry_ref text,
  kind text not null check (kind in
    ('payer_receipt', 'payout_return', 'payment_debit', 'bank_charge', 'unknown_credit', 'unknown_debit', 'zero')),
  finding text,
  side text not null check (side in ('credit', 'debit')),
  amount bigint not null check (amount >= 0),
  currency char(3) not null check (currency = 'EUR'),
  booked_on date not null,
  order_references text[] not null,
  end_to_end_id text,
  payment_information_id text,
  reason_code text,
  bank_code text,
  counterparty text,
  remittance text,
  debtor_mac text,
  event_id uuid unique,
  unique (bank_statement_id, entry_index, detail_index),
  check ((amount = 0) = (kind = 'zero')),
  check (side = case when kind in ('payer_receipt', 'payout_return', 'unknown_credit') then 'credit'
                     when kind in ('payment_debit', 'bank_charge', 'unknown_debit') then 'debit' else side end),
  check ((kind = 'payer_receipt') <= (cardinality(order_references) > 0)),
  check ((finding is not null) <= (kind in ('unknown_credit', 'unknown_debit'))),
  -- Payments are posted by their own movements; an unknown debit is not posted at all, so that L7 shows it.
  check ((event_id is not null) = (kind in ('payer_receipt', 'bank_charge', 'unknown_credit')))
);
create index bank_line_kind on settlement.bank_line (kind, id);
comment on table settlement.bank_line is 'Every movement on our bank accounts, of exactly one kind, with the event that posted it';
grant select, insert on settlement.bank_line to {{role}};
create trigger append_only before update or delete on settlement.bank_line
  for each row execute function settlement.refuse_change();

create table settlement.bank_line_match (
  event_id uuid primary key,
  bank_line_id uuid not null references settlement.bank_line,
  order_id uuid not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  matched_at timestamptz not null
);
create index bank_line_match_line on settlement.bank_line_match (bank_line_id);
comment on table settlement.bank_line_match is 'Copy of what issuance announced: which order a bank line paid';
grant select, insert on settlement.bank_line_match to {{role}};
create trigger append_only before update or delete on settlement.bank_line_match
  for each row execute function settlement.refuse_change();

-- The ledger's own balance of a bank account is asked for beside the stated one; few rows of the ledger touch a bank.
create index transfer_bank_debit on settlement.transfer (debit) where debit like 'bank:%';
create index transfer_bank_credit on settlement.transfer (credit) where credit like 'bank:%';
