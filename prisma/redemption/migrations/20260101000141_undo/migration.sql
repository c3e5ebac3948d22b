-- Taking a redemption back, and the cut-off after which it cannot be.

create table redemption.period_closing (
  up_to_seq bigint primary key check (up_to_seq >= 0),
  closed_at timestamptz not null
);
comment on table redemption.period_closing is 'Message numbers up to which settlement was told what every place redeemed: what they cover is no longer undone';
grant select, insert on redemption.period_closing to {{role}};
create trigger append_only before update or delete on redemption.period_closing
  for each row execute function redemption.refuse_change();

create table redemption.undone_redemption (
  id uuid primary key,
  -- Unique: a redemption is taken back once, whoever asks.
  redemption_id uuid not null unique references redemption.redemption (id),
  voucher_id uuid not null,
  batch_id uuid not null,
  place_id uuid not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  reason text not null check (reason in ('wrong_voucher', 'wrong_amount', 'scanned_twice', 'service_not_rendered', 'other')),
  undone_by text not null,
  undone_at timestamptz not null
);
create index undone_redemption_place on redemption.undone_redemption (place_id);
comment on table redemption.undone_redemption is 'Redemptions that were taken back whole before their period closed; the id is that of the event';
grant select, insert on redemption.undone_redemption to {{role}};
create trigger append_only before update or delete on redemption.undone_redemption
  for each row execute function redemption.refuse_change();

-- What is taken back is what was redeemed, and not a cent that settlement has been told to pay. Whoever undoes holds the
-- period open while this looks (period-closing.store.ts), so no closing can slip in between.
create function redemption.check_undone() returns trigger language plpgsql set search_path = pg_catalog as $$
declare original redemption.redemption;
begin
  select * into original from redemption.redemption where id = new.redemption_id;
  if (original.voucher_id, original.batch_id, original.place_id, original.amount)
      is distinct from (new.voucher_id, new.batch_id, new.place_id, new.amount) then
    raise exception 'redemption % is not what is taken back', new.redemption_id using errcode = 'check_violation';
  end if;
  if exists (select from redemption.numbered n where n.outbox_id = original.outbox_id
             and n.last_seq <= (select max(up_to_seq) from redemption.period_closing)) then
    raise exception 'redemption % is in a closed period', new.redemption_id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger check_undone before insert on redemption.undone_redemption
  for each row execute function redemption.check_undone();
