-- What an order may not become: printed before its proof is approved, or anything at all after it was cancelled; and what
-- a cancellation came to.

-- Judged at commit: a batch that takes the place of stopped vouchers is known by its row of replacement, which comes after
-- it. Such a batch may be made for what is active of a cancelled order.
create function issuance.check_batch_of_order() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from issuance.replacement where batch_id = new.id) then
    return null;
  end if;
  if exists (select from issuance.order_step where order_id = new.order_id and step = 'cancelled') then
    raise exception 'order % is cancelled, batch % cannot be made', new.order_id, new.id using errcode = 'check_violation', constraint = 'batch_of_cancelled';
  end if;
  if exists (select from issuance.order where id = new.order_id and paper)
      and not exists (select from issuance.order_step where order_id = new.order_id and step = 'proof_approved') then
    raise exception 'the proof of order % is not approved, batch % cannot be made', new.order_id, new.id
      using errcode = 'check_violation', constraint = 'batch_before_proof';
  end if;
  return null;
end $$;
create constraint trigger batch_of_order after insert on issuance.batch
  deferrable initially deferred for each row execute function issuance.check_batch_of_order();

create function issuance.check_activation_of_order() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from issuance.batch b join issuance.order_step s on s.order_id = b.order_id and s.step = 'cancelled' where b.id = new.batch_id) then
    raise exception 'the order of batch % is cancelled, it cannot be activated', new.batch_id using errcode = 'check_violation', constraint = 'activation_of_cancelled';
  end if;
  return new;
end $$;
create trigger activation_of_order before insert on issuance.activation
  for each row execute function issuance.check_activation_of_order();

create table issuance.order_cancellation (
  order_id uuid primary key references issuance.order (id),
  stage text not null check (stage in ('before_production', 'in_production', 'active')),
  indemnity_cents bigint not null check (indemnity_cents >= 0),
  production_cents bigint not null check (production_cents >= 0),
  -- Of what was active: with citizens, who may spend it; and in stock, stopped, to come back when the vintage ends.
  stays_cents bigint not null check (stays_cents >= 0),
  back_at_end_cents bigint not null check (back_at_end_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  check (stage = 'active' or stays_cents + back_at_end_cents = 0)
);
comment on table issuance.order_cancellation is 'What the cancellation of an accepted order came to; who cancelled it, when and why is its step';
grant select, insert on issuance.order_cancellation to {{role}};
create trigger append_only before update or delete on issuance.order_cancellation
  for each row execute function issuance.refuse_change();

create table issuance.order_cancellation_share (
  order_id uuid not null references issuance.order_cancellation (order_id),
  payer_id uuid not null,
  cost_cents bigint not null check (cost_cents >= 0),
  back_cents bigint not null check (back_cents >= 0),
  primary key (order_id, payer_id),
  foreign key (order_id, payer_id) references issuance.order_share (order_id, payer_id)
);
comment on table issuance.order_cancellation_share is 'What a cancellation costs a payer, and what comes back of its money, which no activation had used';
grant select, insert on issuance.order_cancellation_share to {{role}};
create trigger append_only before update or delete on issuance.order_cancellation_share
  for each row execute function issuance.refuse_change();

-- Judged at commit: the costs are divided to the cent over all payers, and the order has the step that says so.
create function issuance.check_order_cancellation() returns trigger language plpgsql set search_path = pg_catalog as $$
declare cost bigint;
begin
  select coalesce(sum(cost_cents), 0) into cost from issuance.order_cancellation_share where order_id = new.order_id;
  if cost <> new.indemnity_cents + new.production_cents
      or exists (select from issuance.order_share s where s.order_id = new.order_id
        and not exists (select from issuance.order_cancellation_share c where (c.order_id, c.payer_id) = (s.order_id, s.payer_id))) then
    raise exception 'the shares of the cancellation of order % do not add up to its costs', new.order_id using errcode = 'check_violation';
  end if;
  if not exists (select from issuance.order_step where order_id = new.order_id and step = 'cancelled') then
    raise exception 'order % has a cancellation and is not cancelled', new.order_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger order_cancellation_whole after insert on issuance.order_cancellation
  deferrable initially deferred for each row execute function issuance.check_order_cancellation();

-- What comes back of a cancelled order goes the way of unused cover, once per payer, and is what the cancellation says.
alter table issuance.refund
  add column order_id uuid,
  add constraint refund_of_cancelled check (order_id is null or programme_id is not null),
  add constraint refund_of_cancelled_once unique (order_id, payer_id),
  add constraint refund_of_cancelled_share foreign key (order_id, payer_id) references issuance.order_cancellation_share (order_id, payer_id);
comment on column issuance.refund.order_id is 'The cancelled order whose unused cover it is; null for what is left when a programme has ended';

create function issuance.check_refund_of_cancelled() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from issuance.order_cancellation_share c join issuance.order o on o.id = c.order_id
      where (c.order_id, c.payer_id, c.back_cents, o.programme_id) = (new.order_id, new.payer_id, new.amount_cents, new.programme_id)) then
    raise exception 'refund % is not what the cancellation of order % gives back', new.id, new.order_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_refund_of_cancelled before insert on issuance.refund
  for each row when (new.order_id is not null) execute function issuance.check_refund_of_cancelled();
