-- The three ledgers as audit restates them from its own copy of the events, and what the ledgers announce of themselves beside it.
-- All of it is made from audit.event by a loop behind the sealer, and can be emptied and made again at any time.

create table audit.restated_transfer (
  sender text not null,
  seq bigint not null check (seq > 0),
  line smallint not null check (line >= 0),
  event_id uuid not null,
  ledger text not null check (ledger in ('issuance', 'redemption', 'settlement')),
  rule text not null,
  debit text not null,
  debit_key text,
  credit text not null,
  credit_key text,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  custody_account_id uuid not null,
  programme text not null check (programme = '' or programme ~ '^[0-9a-f-]{36}$'),
  occurred_at timestamptz not null,
  primary key (sender, seq, line)
);
comment on table audit.restated_transfer is 'A transfer that an event caused in a ledger, as the event tells it; accounts by kind, whose they are where it is told';
grant select, insert, delete on audit.restated_transfer to {{role}};

create table audit.restated_position (
  sender text primary key check (sender in ('issuance', 'redemption', 'settlement')),
  up_to_seq bigint not null check (up_to_seq >= 0)
);
comment on table audit.restated_position is 'The number of a sender up to which its sealed events are restated';
grant select, insert, update, delete on audit.restated_position to {{role}};

create table audit.restated_batch (
  batch_id uuid primary key,
  order_id uuid not null,
  programme_id uuid not null
);
create index restated_batch_order on audit.restated_batch (order_id);
comment on table audit.restated_batch is 'Of which order and programme a batch is, for events that name the batch or the order alone';
grant select, insert, delete on audit.restated_batch to {{role}};

create table audit.compared_tally (
  ledger text not null check (ledger in ('issuance', 'redemption', 'settlement')),
  sender text not null check (sender in ('issuance', 'redemption', 'settlement')),
  custody_account_id uuid not null,
  programme text not null,
  account text not null,
  said_count int not null default 0,
  said_amount bigint not null default 0,
  said_digest numeric(60) not null default 0,
  restated_count int not null default 0,
  restated_amount bigint not null default 0,
  restated_digest numeric(60) not null default 0,
  -- Where both differ: after which number of the sender they began to, and which event it is where one alone explains it.
  differs_after_seq bigint,
  named text,
  primary key (ledger, sender, custody_account_id, programme, account)
);
create index compared_tally_differs on audit.compared_tally (ledger) where differs_after_seq is not null;
comment on table audit.compared_tally is 'What a ledger said it comes to, by events of one sender, and what its events say, at the same numbers';
grant select, insert, update, delete on audit.compared_tally to {{role}};

create table audit.compared_position (
  ledger text not null check (ledger in ('issuance', 'redemption', 'settlement')),
  sender text not null check (sender in ('issuance', 'redemption', 'settlement')),
  up_to_seq bigint not null check (up_to_seq >= 0),
  primary key (ledger, sender)
);
comment on table audit.compared_position is 'The number of a sender up to which a ledger was compared';
grant select, insert, update, delete on audit.compared_position to {{role}};

create table audit.compared_announcement (
  ledger text primary key check (ledger in ('issuance', 'redemption', 'settlement')),
  number int not null check (number > 0),
  seq bigint not null check (seq > 0),
  counted_at timestamptz not null
);
comment on table audit.compared_announcement is 'The last announcement of a ledger that was compared';
grant select, insert, update, delete on audit.compared_announcement to {{role}};
