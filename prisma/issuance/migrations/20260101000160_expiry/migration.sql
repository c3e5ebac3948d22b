-- What expired of a batch, as redemption tells it, and where expired value goes by agreement.

-- The agreement is part of the rules that an order is placed under; an order may agree otherwise. Rules of before say refund.
alter table issuance.programme_rule add column on_expiry text not null default 'refund'
  check (on_expiry in ('refund', 'commons', 'roll_over'));
alter table issuance.order add column on_expiry text
  check (on_expiry in ('refund', 'commons', 'roll_over'));
comment on column issuance.order.on_expiry is 'What becomes of expired value; null: what the rules say that the order was placed under';

create table issuance.expired_chunk (
  event_id uuid primary key,
  run_id uuid not null,
  chunk int not null check (chunk >= 0),
  batch_id uuid not null references issuance.batch (id),
  first int not null check (first >= 0),
  last int not null check (last >= first),
  count int not null check (count between 1 and last - first + 1),
  amount_cents bigint not null check (amount_cents >= count),
  currency char(3) not null check (currency = 'EUR'),
  taken_at timestamptz not null,
  unique (run_id, chunk)
);
create index expired_chunk_batch on issuance.expired_chunk (batch_id);
comment on table issuance.expired_chunk is 'What expired of a batch, chunk by chunk, as redemption told it; its money stands on the order until both sides sign';
grant select, insert on issuance.expired_chunk to {{role}};
create trigger append_only before update or delete on issuance.expired_chunk
  for each row execute function issuance.refuse_change();

-- No foreign key between the two: a run's end may be told before its chunks.
create table issuance.finished_expiry (
  run_id uuid primary key,
  batch_id uuid not null references issuance.batch (id),
  chunk_count int not null check (chunk_count >= 0),
  voucher_count int not null check (voucher_count >= chunk_count),
  amount_cents bigint not null check (amount_cents >= voucher_count),
  currency char(3) not null check (currency = 'EUR'),
  taken_at timestamptz not null
);
create index finished_expiry_batch on issuance.finished_expiry (batch_id);
comment on table issuance.finished_expiry is 'What the chunks of a finished expiry run come to, so that it is known when one is missing';
grant select, insert on issuance.finished_expiry to {{role}};
create trigger append_only before update or delete on issuance.finished_expiry
  for each row execute function issuance.refuse_change();
