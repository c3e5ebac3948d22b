-- Desks of distributors, losses, what a distributor may replace, and how hand-overs are told apart.

create table issuance.agent (
  id uuid primary key,
  distributor_id uuid not null references issuance.distributor (id),
  name text not null check (length(name) between 1 and 80),
  created_by text not null,
  created_at timestamptz not null,
  constraint agent_once unique (distributor_id, name),
  unique (id, distributor_id)
);
comment on table issuance.agent is 'Desks of a distributor that hold stock of their own: a counter, a van, a partner; never a person';
grant select, insert on issuance.agent to {{role}};
create trigger append_only before update or delete on issuance.agent
  for each row execute function issuance.refuse_change();

alter table issuance.holding add constraint holding_agent_of_distributor foreign key (agent_id, distributor_id) references issuance.agent (id, distributor_id);
alter table issuance.delivery
  add constraint delivery_to_agent foreign key (agent_id, distributor_id) references issuance.agent (id, distributor_id),
  add constraint delivery_from_agent foreign key (from_agent_id, from_distributor_id) references issuance.agent (id, distributor_id);

create table issuance.stock_loss (
  id uuid primary key,
  batch_id uuid not null,
  batch_count int not null,
  -- Null where the operator had it.
  distributor_id uuid references issuance.distributor (id),
  reason text not null check (reason in ('lost', 'stolen', 'destroyed')),
  first int not null check (first >= 0),
  last int not null,
  noted_by text not null,
  noted_at timestamptz not null,
  constraint stock_loss_of_batch foreign key (batch_id, batch_count) references issuance.batch (id, count),
  constraint stock_loss_within_batch check (last >= first and last < batch_count),
  constraint stock_loss_destroyed_by_operator check (reason <> 'destroyed' or distributor_id is null),
  -- What is lost does not come back: it is replaced.
  constraint stock_loss_ranges_apart exclude using gist (batch_id with =, int4range(first, last, '[]') with &&)
);
create index stock_loss_distributor on issuance.stock_loss (distributor_id, batch_id);
comment on table issuance.stock_loss is 'Ranges that were lost or stolen out of a stock, or destroyed by the operator; redemption stops them';
grant select, insert on issuance.stock_loss to {{role}};
create trigger append_only before update or delete on issuance.stock_loss
  for each row execute function issuance.refuse_change();

-- The path of somebody through several hand-overs, as a keyed hash of a word of the counsellor's own tool: it can be
-- counted, and named by nobody who has this table.
alter table issuance.hand_over
  add column agent_id uuid,
  add column pathway_key_id text,
  add column pathway_mac text check (pathway_mac ~ '^[0-9a-f]{64}$'),
  add constraint hand_over_pathway_keyed check ((pathway_mac is null) = (pathway_key_id is null)),
  add constraint hand_over_at_agent foreign key (agent_id, distributor_id) references issuance.agent (id, distributor_id);
create index hand_over_pathway on issuance.hand_over (distributor_id, pathway_mac) where pathway_mac is not null;

create table issuance.replacement_quota (
  id uuid primary key,
  distributor_id uuid not null references issuance.distributor (id),
  vouchers_per_month int not null check (vouchers_per_month between 0 and 10000),
  from_month date not null check (extract(day from from_month) = 1),
  set_by text not null,
  set_at timestamptz not null
);
create index replacement_quota_distributor on issuance.replacement_quota (distributor_id, from_month, id);
comment on table issuance.replacement_quota is 'How many stopped vouchers a distributor may replace by itself in a month, from a month on; the latest word about a month counts';
grant select, insert on issuance.replacement_quota to {{role}};
create trigger append_only before update or delete on issuance.replacement_quota
  for each row execute function issuance.refuse_change();

create table issuance.distributor_replacement (
  id uuid primary key,
  distributor_id uuid not null references issuance.distributor (id),
  month date not null check (extract(day from month) = 1),
  replaced_batch_id uuid not null references issuance.batch (id),
  first int not null check (first >= 0),
  last int not null check (last >= first),
  count int not null generated always as (last - first + 1) stored,
  -- A batch was minted for them, or as many others were handed over out of the stock.
  way text not null check (way in ('minted', 'from_stock')),
  made_by text not null,
  made_at timestamptz not null,
  constraint distributor_replaced_once exclude using gist (replaced_batch_id with =, int4range(first, last, '[]') with &&)
);
create index distributor_replacement_month on issuance.distributor_replacement (distributor_id, month);
comment on table issuance.distributor_replacement is 'Stopped vouchers that a distributor replaced within its quota of the month, by a new batch or out of its stock';
grant select, insert on issuance.distributor_replacement to {{role}};
create trigger append_only before update or delete on issuance.distributor_replacement
  for each row execute function issuance.refuse_change();

-- By booklet (loose vouchers are booklets of one): what of it was used. Sums, which commute, as in the batch's funnel; a
-- row per booklet that anybody used, never per voucher of the batch.
create table issuance.booklet_use (
  batch_id uuid not null references issuance.batch (id),
  booklet int not null check (booklet >= 1),
  redeemed_count int not null check (redeemed_count >= 0),
  redeemed_cents bigint not null check (redeemed_cents >= 0),
  undone_count int not null check (undone_count >= 0),
  undone_cents bigint not null check (undone_cents >= 0),
  -- The day of the first service that was told of; an undone one before it stays counted here.
  first_used_at timestamptz,
  primary key (batch_id, booklet)
);
comment on table issuance.booklet_use is 'Copy of voucher.redeemed and redemption.undone by booklet: how many redemptions and cents; a booklet without a row was never used';
grant select, insert, update on issuance.booklet_use to {{role}};

-- Whose file of hand-overs an import was, and the hash of its bytes: the same file again is told, and nobody reads another's.
create table issuance.hand_over_file (
  file_import_id uuid primary key references issuance.file_import (id),
  distributor_id uuid not null references issuance.distributor (id),
  sha256 char(64) not null check (sha256 ~ '^[0-9a-f]{64}$')
);
create index hand_over_file_known on issuance.hand_over_file (distributor_id, sha256);
comment on table issuance.hand_over_file is 'Files of hand-overs of a distributor, by the hash of their bytes';
grant select, insert on issuance.hand_over_file to {{role}};
create trigger append_only before update or delete on issuance.hand_over_file
  for each row execute function issuance.refuse_change();
