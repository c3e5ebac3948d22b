-- Where each voucher is, as ranges inside ranges (ADR 0026): a holding is a range of vouchers at one place, taken out of the
-- holding around it. The first is the whole batch at the printer; whatever moves is a new range inside. No row is changed
-- or deleted, siblings never overlap (by exclusion) and never leave their parent (by foreign key and check), so each index
-- is in exactly one place: the innermost holding that has it.

create table issuance.holding (
  id uuid primary key,
  batch_id uuid not null,
  batch_count int not null,
  parent_id uuid,
  parent_place text,
  parent_first int,
  parent_last int,
  first int not null check (first >= 0),
  last int not null,
  span int4range not null generated always as (int4range(first, last, '[]')) stored,
  place text not null check (place in ('printer', 'operator', 'under_way', 'stock', 'handed_over', 'returned', 'lost', 'destroyed')),
  -- Whose stock, on whose way, lost by whom; null where the operator has it. An agent is a desk of that distributor.
  distributor_id uuid references issuance.distributor (id),
  agent_id uuid,
  -- What put it there: the delivery on whose way it is, the outcome that it was received by, the hand-over, the loss.
  document_id uuid,
  moved_by text not null,
  moved_at timestamptz not null,
  constraint holding_of_batch foreign key (batch_id, batch_count) references issuance.batch (id, count),
  constraint holding_root check (
    parent_id is not null or (id = batch_id and place = 'printer' and first = 0 and last = batch_count - 1)),
  constraint holding_parent_whole check (num_nulls(parent_id, parent_place, parent_first, parent_last) in (0, 4)),
  constraint holding_within_parent check (last >= first and first >= parent_first and last <= parent_last),
  constraint holding_ranges_apart exclude using gist (parent_id with =, span with &&),
  constraint holding_moves check (case parent_place
    when 'printer' then place in ('operator', 'under_way', 'lost', 'destroyed')
    when 'operator' then place in ('under_way', 'lost', 'destroyed')
    when 'under_way' then place in ('stock', 'returned', 'lost')
    when 'stock' then place in ('under_way', 'handed_over', 'lost')
    when 'handed_over' then place = 'stock'
    when 'returned' then place in ('under_way', 'lost', 'destroyed')
    when 'lost' then false when 'destroyed' then false else true end),
  constraint holding_holder check (case
    when place in ('stock', 'handed_over') then distributor_id is not null
    when place in ('printer', 'operator', 'returned', 'destroyed') then distributor_id is null and agent_id is null
    else agent_id is null or distributor_id is not null end),
  constraint holding_documented check (place in ('printer', 'operator') or document_id is not null),
  unique (id, batch_id, batch_count, place, first, last),
  constraint holding_out_of_parent foreign key (parent_id, batch_id, batch_count, parent_place, parent_first, parent_last)
    references issuance.holding (id, batch_id, batch_count, place, first, last)
);
create index holding_batch on issuance.holding using gist (batch_id, span);
create index holding_distributor on issuance.holding (distributor_id, batch_id);
create index holding_parent on issuance.holding (parent_id);
create index holding_document on issuance.holding (document_id);
comment on table issuance.holding is 'Ranges of vouchers and where they were put, each inside the range that it was taken out of; the innermost says where a voucher is';
grant select, insert on issuance.holding to {{role}};
create trigger append_only before update or delete on issuance.holding
  for each row execute function issuance.refuse_change();

create view issuance.held as
  select h.id, h.batch_id, h.place, h.distributor_id, h.agent_id, h.document_id, h.moved_at, s.span
  from issuance.holding h
  cross join lateral (select coalesce(range_agg(c.span), '{}') as spans from issuance.holding c where c.parent_id = h.id) gone
  cross join lateral unnest(int4multirange(h.span) - gone.spans) as s(span);
comment on view issuance.held is 'Where vouchers are now: what is left of each holding without those taken out of it; of each batch, every index once';
grant select on issuance.held to {{role}};

-- Of ranges of one batch: how many vouchers, and how many whole booklets.
create function issuance.count_of(spans int4multirange, booklet_size int, out vouchers int, out booklets int)
language sql immutable set search_path = pg_catalog as $$
  select coalesce(sum(upper(s.span) - lower(s.span)), 0)::int,
    coalesce(sum(greatest(0, upper(s.span) / booklet_size - (lower(s.span) + booklet_size - 1) / booklet_size)), 0)::int
  from unnest(spans) as s(span)
$$;

-- A batch begins whole at the printer, whoever makes it.
create function issuance.begin_holding() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into issuance.holding (id, batch_id, batch_count, first, last, place, moved_by, moved_at)
  values (new.id, new.id, new.count, 0, new.count - 1, 'printer', new.created_by, new.created_at);
  return null;
end $$;
create trigger begin_holding after insert on issuance.batch
  for each row execute function issuance.begin_holding();

-- What deliveries, outcomes and hand-overs said until now, said again.
insert into issuance.holding (id, batch_id, batch_count, first, last, place, moved_by, moved_at)
select id, id, count, 0, count - 1, 'printer', created_by, created_at from issuance.batch;
insert into issuance.holding (id, batch_id, batch_count, parent_id, parent_place, parent_first, parent_last, first, last, place,
  distributor_id, document_id, moved_by, moved_at)
select id, batch_id, batch_count, batch_id, 'printer', 0, batch_count - 1, first, last, 'under_way', distributor_id, id, shipped_by, shipped_at
from issuance.delivery;
insert into issuance.holding (id, batch_id, batch_count, parent_id, parent_place, parent_first, parent_last, first, last, place,
  distributor_id, document_id, moved_by, moved_at)
select o.id, o.batch_id, d.batch_count, d.id, 'under_way', d.first, d.last, o.first, o.last,
  case o.outcome when 'received' then 'stock' else 'lost' end, o.distributor_id, o.id, o.noted_by, o.noted_at
from issuance.delivery_outcome o join issuance.delivery d on d.id = o.delivery_id;
-- A hand-over that was taken back and made anew lies in the stock that came back, so they are laid in the order of time.
do $$
declare given record; around record;
begin
  for given in select h.*, d.batch_count from issuance.hand_over h join issuance.delivery_outcome o on o.id = h.delivery_outcome_id
      join issuance.delivery d on d.id = o.delivery_id order by h.handed_over_at, h.id loop
    -- What was taken back in parts of others lies in several; the old facts cannot say more than the range of their receipt.
    if given.returned_at is null then
      select * into strict around from issuance.holding s where s.id = given.delivery_outcome_id;
      insert into issuance.holding (id, batch_id, batch_count, parent_id, parent_place, parent_first, parent_last, first, last, place,
        distributor_id, document_id, moved_by, moved_at)
      values (given.id, given.batch_id, given.batch_count, around.id, 'stock', around.first, around.last, given.first, given.last, 'handed_over',
        given.distributor_id, given.id, given.handed_over_by, given.handed_over_at);
    end if;
  end loop;
end $$;

-- A delivery goes from the operator to a distributor, from a distributor (or a desk of it) to another or to a desk, or back
-- to the operator; then `distributor_id` is the one that it comes from. The same voucher may travel again.
alter table issuance.delivery
  add column kind text not null default 'shipping' check (kind in ('shipping', 'transfer', 'return')),
  add column from_distributor_id uuid references issuance.distributor (id),
  add column from_agent_id uuid,
  add column agent_id uuid,
  add constraint delivery_way check (case kind
    when 'shipping' then from_distributor_id is null and from_agent_id is null
    when 'transfer' then from_distributor_id is not null
    when 'return' then from_distributor_id = distributor_id and agent_id is null end),
  add constraint delivery_goes_somewhere check (
    kind <> 'transfer' or (from_distributor_id, from_agent_id) is distinct from (distributor_id, agent_id)),
  drop constraint delivery_ranges_apart;
alter table issuance.delivery alter column kind drop default;
create index delivery_sender on issuance.delivery (from_distributor_id, batch_id) where from_distributor_id is not null;
comment on table issuance.delivery is 'Ranges of vouchers that were sent: shipped by the operator, transferred between stocks, or returned to the operator';

alter table issuance.delivery_outcome
  drop constraint delivery_outcome_outcome_check,
  add constraint delivery_outcome_outcome_check check (outcome in ('received', 'lost', 'returned')),
  drop constraint delivery_outcome_ranges_apart,
  add constraint delivery_outcome_ranges_apart exclude using gist (delivery_id with =, span with &&);
comment on table issuance.delivery_outcome is 'What became of a part of a delivery, once: received, given up as lost, or returned to the operator; the rest is under way';

-- The key is needed while a voucher has not left for good, whatever became of it afterwards.
create or replace function issuance.check_batch_key() returns trigger language plpgsql set search_path = pg_catalog as $$
declare settled int4multirange;
begin
  if tg_op = 'INSERT' then
    if new.wrapped_key is null then
      raise exception 'batch % begins without a key', new.id using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.wrapped_key is not distinct from old.wrapped_key and new.key_destroyed_at is not distinct from old.key_destroyed_at then
    return new;
  end if;
  if old.wrapped_key is null or new.wrapped_key is not null then
    raise exception 'the key of batch % is never exchanged and does not come back', new.id using errcode = 'check_violation';
  end if;
  select range_agg(span) into settled from issuance.holding
  where batch_id = new.id and place in ('stock', 'lost', 'returned', 'destroyed') and parent_place in ('printer', 'operator', 'under_way');
  if new.state <> 'loaded' or settled is distinct from int4multirange(int4range(0, new.count)) then
    raise exception 'batch % is %, and % of its % vouchers are delivered or lost: its key is needed', new.id, new.state, settled, new.count
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
