-- Vouchers of an order of which a payment is disputed: what is left on them is frozen until the dispute is won.

create table redemption.freeze (
  dispute_id text primary key check (length(dispute_id) between 1 and 255),
  order_id uuid not null,
  event_id uuid not null unique,
  frozen_at timestamptz not null
);
create index freeze_order on redemption.freeze (order_id);
comment on table redemption.freeze is 'Orders whose vouchers no till takes, by the dispute that froze them; in force when committed, and until that dispute is won';
grant select, insert on redemption.freeze to {{role}};
create trigger append_only before update or delete on redemption.freeze
  for each row execute function redemption.refuse_change();
-- Tills see it from the next batch that begins after this commits.
create trigger raise_reference_version after insert on redemption.freeze
  for each statement execute function redemption.raise_reference_version();

-- No foreign key: the end of a dispute may be told before its beginning.
create table redemption.freeze_end (
  dispute_id text primary key check (length(dispute_id) between 1 and 255),
  outcome text not null check (outcome in ('won', 'lost')),
  event_id uuid not null unique,
  ended_at timestamptz not null
);
comment on table redemption.freeze_end is 'How a dispute ended: won lifts its freeze, lost leaves it until the vouchers expire';
grant select, insert on redemption.freeze_end to {{role}};
create trigger append_only before update or delete on redemption.freeze_end
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.freeze_end
  for each statement execute function redemption.raise_reference_version();

-- The one rule of which orders are frozen now.
create view redemption.frozen_order as
  select f.order_id, f.dispute_id, f.frozen_at from redemption.freeze f
  where not exists (select from redemption.freeze_end e where e.dispute_id = f.dispute_id and e.outcome = 'won');
comment on view redemption.frozen_order is 'Orders whose vouchers no till takes, once per dispute';
grant select on redemption.frozen_order to {{role}};
