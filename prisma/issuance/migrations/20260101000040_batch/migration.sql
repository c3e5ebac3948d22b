-- Vouchers in bulk. There is no row per voucher here: codes are derived from the batch key, and redemption holds their MACs.

create table issuance.batch (
  id uuid primary key,
  order_id uuid not null references issuance.order (id),
  count int not null check (count between 1 and 300000),
  face_cents bigint not null check (face_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  chunk_count int not null check (chunk_count = (count + 9999) / 10000),
  wrapping_key_id text not null,
  wrapped_key bytea not null check (length(wrapped_key) between 32 and 200),
  pepper_key_id text not null,
  serial_permutation_id text not null unique,
  -- The first 40 bits of the serials: two batches with one label would give two vouchers one serial.
  serial_label char(8) not null unique,
  state text not null default 'minting' check (state in ('minting', 'minted', 'loaded')),
  created_by text not null,
  created_at timestamptz not null,
  unique (id, count, face_cents)
);
create index batch_order on issuance.batch (order_id);
create index batch_minting on issuance.batch (created_at) where state = 'minting';
comment on table issuance.batch is 'A batch of vouchers: its wrapped key, the names of its other keys, and how far its chunks are';
grant select, insert on issuance.batch to {{role}};
grant update (state) on issuance.batch to {{role}};

create table issuance.chunk (
  batch_id uuid not null references issuance.batch (id),
  chunk int not null check (chunk >= 0),
  count int not null check (count between 1 and 10000),
  sha256 char(64) not null check (sha256 ~ '^[0-9a-f]{64}$'),
  minted_at timestamptz not null,
  loaded_at timestamptz,
  primary key (batch_id, chunk)
);
comment on table issuance.chunk is 'Chunks sent to redemption, each once, with the digest of their entries and the moment redemption had loaded them';
grant select, insert on issuance.chunk to {{role}};
grant update (loaded_at) on issuance.chunk to {{role}};

create table issuance.batch_funnel (
  batch_id uuid primary key references issuance.batch (id),
  redeemed_count int not null default 0,
  redeemed_cents bigint not null default 0,
  check (redeemed_count >= 0 and redeemed_cents >= redeemed_count)
);
comment on table issuance.batch_funnel is 'How much of a batch was redeemed, summed from redemption''s messages';
grant select, insert on issuance.batch_funnel to {{role}};
grant update (redeemed_count, redeemed_cents) on issuance.batch_funnel to {{role}};

create table issuance.print_file (
  id uuid primary key,
  batch_id uuid not null references issuance.batch (id),
  format text not null check (format in ('csv', 'json')),
  requested_by text not null,
  requested_at timestamptz not null
);
create index print_file_batch on issuance.print_file (batch_id);
comment on table issuance.print_file is 'Who had the codes of a batch written out, and when; the codes themselves are kept nowhere';
grant select, insert on issuance.print_file to {{role}};
create trigger append_only before update or delete on issuance.print_file
  for each row execute function issuance.refuse_change();
