-- What every service needs to take a command once, to send messages, and to take messages once.
-- {{schema}} is the service's schema, {{role}} its database role; the runner fills them in.

create function {{schema}}.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%.% is append-only: correct a fact with a new row', tg_table_schema, tg_table_name
    using errcode = 'integrity_constraint_violation';
end $$;

-- A command's key and its decided answer. A rival with the same key waits on this insert until the first has committed.
create table {{schema}}.idempotency (
  key uuid not null,
  caller text not null,
  route text not null,
  request_hash text not null,
  outcome jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (caller, key)
);
comment on table {{schema}}.idempotency is 'Commands by caller and Idempotency-Key, with the answer that stays told; kept 90 days';
grant select, insert, update, delete on {{schema}}.idempotency to {{role}};

-- One row per transaction that emits: an array of messages without numbers. The relay empties it.
create table {{schema}}.outbox (
  id bigint generated always as identity primary key,
  messages jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  check (jsonb_typeof(messages) = 'array')
);
comment on table {{schema}}.outbox is 'Messages of committed transactions that have no number yet';
grant select, insert, delete on {{schema}}.outbox to {{role}};

-- Which numbers the relay gave to which outbox row: joins a fact to its message number (decision 20).
create table {{schema}}.numbered (
  outbox_id bigint primary key,
  first_seq bigint not null,
  last_seq bigint not null,
  check (last_seq >= first_seq)
);
create unique index numbered_last_seq on {{schema}}.numbered (last_seq);
comment on table {{schema}}.numbered is 'Message numbers given to each outbox row, gap-free in order';
grant select, insert on {{schema}}.numbered to {{role}};
create trigger append_only before update or delete on {{schema}}.numbered
  for each row execute function {{schema}}.refuse_change();

create table {{schema}}.relay_position (
  singleton boolean primary key default true check (singleton),
  last_seq bigint not null default 0
);
comment on table {{schema}}.relay_position is 'The last message number given; one row, locked by the relay';
insert into {{schema}}.relay_position default values;
grant select, update on {{schema}}.relay_position to {{role}};

create table {{schema}}.receiver_position (
  receiver text primary key,
  last_batch_no bigint not null default 0,
  acknowledged_batch_no bigint not null default 0,
  check (acknowledged_batch_no <= last_batch_no)
);
comment on table {{schema}}.receiver_position is 'Per receiver: the last batch made and the highest that it acknowledged without a gap';
grant select, insert, update on {{schema}}.receiver_position to {{role}};

create table {{schema}}.sent_batch (
  receiver text not null,
  batch_no bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  count int not null check (count > 0),
  messages jsonb not null,
  try int not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  acknowledged_at timestamptz,
  primary key (receiver, batch_no)
);
create index sent_batch_unacknowledged on {{schema}}.sent_batch (receiver, batch_no) where acknowledged_at is null;
comment on table {{schema}}.sent_batch is 'Numbered batches per receiver; kept until acknowledged, then 7 days';
grant select, insert, update, delete on {{schema}}.sent_batch to {{role}};

create table {{schema}}.inbox (
  sender text not null,
  seq bigint not null,
  message_id uuid not null,
  batch_no bigint not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (sender, seq)
);
create unique index inbox_message on {{schema}}.inbox (message_id);
comment on table {{schema}}.inbox is 'Every message taken, once: written in the transaction of its effects';
grant select, insert on {{schema}}.inbox to {{role}};
create trigger append_only before update or delete on {{schema}}.inbox
  for each row execute function {{schema}}.refuse_change();

create table {{schema}}.inbox_batch (
  sender text not null,
  batch_no bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  count int not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (sender, batch_no)
);
comment on table {{schema}}.inbox_batch is 'Batches taken; the highest number without a gap below it is acknowledged';
grant select, insert on {{schema}}.inbox_batch to {{role}};

create table {{schema}}.inbox_position (
  sender text primary key,
  contiguous_batch_no bigint not null default 0,
  contiguous_seq bigint not null default 0
);
comment on table {{schema}}.inbox_position is 'Per sender: everything up to here has been taken, nothing is missing below';
grant select, insert, update on {{schema}}.inbox_position to {{role}};

-- A message whose handling failed waits here for its next try; its row goes when it is taken.
create table {{schema}}.inbox_try (
  sender text not null,
  seq bigint not null,
  tries int not null check (tries > 0),
  reason text not null,
  last_tried_at timestamptz not null default clock_timestamp(),
  primary key (sender, seq)
);
comment on table {{schema}}.inbox_try is 'Messages that failed and will be tried again, with the number of tries so far';
grant select, insert, update, delete on {{schema}}.inbox_try to {{role}};

create table {{schema}}.dead_letter (
  id uuid primary key,
  sender text not null,
  seq bigint not null,
  type text not null,
  message jsonb not null,
  reason text not null,
  failed_at timestamptz not null default clock_timestamp(),
  replay_requested_at timestamptz,
  replayed_at timestamptz,
  unique (sender, seq)
);
create index dead_letter_open on {{schema}}.dead_letter (failed_at) where replayed_at is null;
comment on table {{schema}}.dead_letter is 'Messages that no try could handle, with the reason; listed and replayed by the command line';
grant select, insert, update on {{schema}}.dead_letter to {{role}};
