-- What more is agreed of an order: how its payers share it, whether it is printed and so needs an approved proof, and
-- whether only vouchers that arrived are activated. Orders that are there already are as those that are placed directly.
alter table issuance.order
  add column sharing text not null default 'pro_rata' check (sharing in ('pro_rata', 'pro_rata_then_next', 'priority')),
  add column paper boolean not null default false,
  add column activate_on text not null default 'cover' check (activate_on in ('cover', 'receipt'));
comment on column issuance.order.sharing is 'How the amounts of the shares were found, and by priority also which of them is drawn on first';
comment on column issuance.order.paper is 'Printed by a printer: nothing is minted before the first payer has approved a proof';
comment on column issuance.order.activate_on is 'cover: as soon as money is there; receipt: only vouchers whose delivery was confirmed';

-- By priority the basis points are what a share came to, which may be nothing.
alter table issuance.order_share
  add column cap_cents bigint check (cap_cents > 0),
  drop constraint order_share_basis_points_check,
  add constraint order_share_basis_points_check check (basis_points between 0 and 10000),
  add constraint order_share_within_cap check (amount_cents <= cap_cents);

-- Where vouchers are activated on receipt, every one of the range was received. Judged by the database too, because a
-- parcel that never came holds vouchers that somebody else has.
create function issuance.check_activation_received() returns trigger language plpgsql set search_path = pg_catalog as $$
declare received bigint;
begin
  if not exists (select from issuance.batch b join issuance.order o on o.id = b.order_id where b.id = new.batch_id and o.activate_on = 'receipt') then
    return new;
  end if;
  select coalesce(sum(least(d.last, new.last) - greatest(d.first, new.first) + 1), 0) into received
    from issuance.delivery_outcome d
    where d.batch_id = new.batch_id and d.outcome = 'received' and d.first <= new.last and d.last >= new.first;
  if received <> new.last - new.first + 1 then
    raise exception 'vouchers % to % of batch % are activated on receipt, and % were received', new.first, new.last, new.batch_id, received
      using errcode = 'check_violation', constraint = 'activation_of_received';
  end if;
  return new;
end $$;
create trigger activation_of_received before insert on issuance.activation
  for each row execute function issuance.check_activation_received();
