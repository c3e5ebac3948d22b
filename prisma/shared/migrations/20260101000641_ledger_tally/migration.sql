-- What this ledger comes to, kept up by a loop from one minute to the next so that nobody has to read the whole of it: helpers
-- that can be counted again from the transfers at any time, and are, every hour.

create table {{schema}}.ledger_tally (
  sender text not null check (sender in ('issuance', 'redemption', 'settlement')),
  custody_account_id uuid not null,
  programme text not null check (programme = '' or programme ~ '^[0-9a-f-]{36}$'),
  account text not null,
  count int not null check (count >= 0),
  amount bigint not null,
  digest numeric(60) not null,
  primary key (sender, custody_account_id, programme, account)
);
comment on table {{schema}}.ledger_tally is 'Events of a sender that moved a kind of account: how many, for how much, and a digest in no order';
grant select, insert, update, delete on {{schema}}.ledger_tally to {{role}};

create table {{schema}}.ledger_tally_position (
  sender text primary key check (sender in ('issuance', 'redemption', 'settlement')),
  up_to_seq bigint not null check (up_to_seq >= 0)
);
comment on table {{schema}}.ledger_tally_position is 'The message of a sender up to which the tally counts, nothing missing below';
grant select, insert, update on {{schema}}.ledger_tally_position to {{role}};

create table {{schema}}.ledger_tally_state (
  only_one boolean primary key default true check (only_one),
  number int not null check (number >= 0),
  recounted_at timestamptz not null
);
comment on table {{schema}}.ledger_tally_state is 'The last announcement of the tally, and when all of it was counted from the transfers';
grant select, insert, update on {{schema}}.ledger_tally_state to {{role}};
