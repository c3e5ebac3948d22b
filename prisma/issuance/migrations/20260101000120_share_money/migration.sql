-- Each payer of an order owes an amount of its own, under a reference of its own, and what arrived for it counts for it
-- alone. Before, every credit of an order was split over all its payers.

alter table issuance.order_share
  add column amount_cents bigint,
  add column reference text,
  add column funded_cents bigint not null default 0;

-- Orders that are there already. Their shares become what the rule of today would have made of them: the amounts by
-- largest remainder, what is funded as the ledger says it, and a reference drawn for each of several payers.
create function pg_temp.drawn_reference() returns text language plpgsql as $$
declare
  drawn bytea := uuid_send(gen_random_uuid());
  body text := '';
  rest int := 0;
  value int;
  symbol text;
begin
  -- Bytes 6 to 8 of a uuid are not wholly random.
  foreach value in array array[0, 1, 2, 3, 4, 5, 9, 10, 11, 12] loop
    body := body || substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(drawn, value) % 32 + 1, 1);
  end loop;
  foreach symbol in array string_to_array('MRO' || body || 'RF00', null) loop
    value := strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', symbol) - 1;
    rest := (rest * case when value > 9 then 100 else 10 end + value) % 97;
  end loop;
  return 'RF' || lpad((98 - rest)::text, 2, '0') || 'MRO' || body;
end $$;

alter table issuance.order_share disable trigger append_only;
with part as (
  select s.order_id, s.payer_id, s.priority, o.reference, o.total_cents, o.total_cents * s.basis_points / 10000 as floor_cents,
    o.total_cents * s.basis_points % 10000 as rest, count(*) over (partition by s.order_id) as payers
  from issuance.order_share s join issuance.order o on o.id = s.order_id),
ranked as (
  select *, row_number() over (partition by order_id order by rest desc, priority) as place,
    total_cents - sum(floor_cents) over (partition by order_id) as left_cents from part)
update issuance.order_share s
  set amount_cents = r.floor_cents + case when r.place <= r.left_cents then 1 else 0 end,
    reference = case when r.payers = 1 then r.reference else pg_temp.drawn_reference() end
  from ranked r where (r.order_id, r.payer_id) = (s.order_id, s.payer_id);
update issuance.order_share s set funded_cents = f.amount
  from (select m.order_id, split_part(t.credit, ':', 3)::uuid as payer_id, sum(t.amount) as amount
    from issuance.receipt_match m join issuance.transfer t on t.event_id = m.event_id and t.credit like 'prefund:%' group by 1, 2) f
  where (f.order_id, f.payer_id) = (s.order_id, s.payer_id);

alter table issuance.order_share
  alter column amount_cents set not null,
  alter column reference set not null,
  add constraint order_share_reference_key unique (reference),
  add constraint order_share_reference_check check (reference ~ '^RF[0-9]{2}MRO[0-9A-HJKMNP-TV-Z]{10}$'),
  add constraint order_share_amount_check check (amount_cents >= 0),
  add constraint order_share_funded_within_amount check (funded_cents between 0 and amount_cents);
comment on table issuance.order_share is
  'The payers of an order: the agreed share of each, what it comes to, the reference to pay it under, and what arrived for it';
grant update (funded_cents) on issuance.order_share to {{role}};

-- What was agreed stays; the one sum that moves only grows.
drop trigger append_only on issuance.order_share;
create trigger append_only before delete on issuance.order_share
  for each row execute function issuance.refuse_change();
create trigger agreed_once before update on issuance.order_share for each row
  when (to_jsonb(new) - 'funded_cents' <> to_jsonb(old) - 'funded_cents' or new.funded_cents < old.funded_cents)
  execute function issuance.refuse_change();

create or replace function issuance.check_order_shares() returns trigger language plpgsql set search_path = pg_catalog as $$
declare points bigint; amount bigint; funded bigint; ordered issuance.order;
begin
  select sum(basis_points), sum(amount_cents), sum(funded_cents) into points, amount, funded
    from issuance.order_share where order_id = new.order_id;
  select * into ordered from issuance.order where id = new.order_id;
  if points <> 10000 or amount <> ordered.total_cents or funded <> ordered.funded_cents then
    raise exception 'the shares of order % are % basis points, % cents and % funded, not 10000, % and %',
      new.order_id, points, amount, funded, ordered.total_cents, ordered.funded_cents using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- What is funded of an order is the sum of its shares and nothing that anybody writes. security definer: the service's
-- role has lost the right to write it.
revoke update (funded_cents) on issuance.order from {{role}};
create function issuance.fund_order() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update issuance.order set funded_cents = funded_cents + new.funded_cents - old.funded_cents where id = new.order_id;
  return null;
end $$;
create trigger fund_order after update of funded_cents on issuance.order_share
  for each row execute function issuance.fund_order();

-- A credit funds a share. One event of before, which funded several, becomes a row for each.
alter table issuance.receipt_match disable trigger user;
alter table issuance.receipt_match
  drop constraint receipt_match_once,
  drop constraint receipt_match_event_id_key,
  add column payer_id uuid;
create temporary table per_share on commit drop as
  select m.bank_line_id, m.order_id, t.amount, m.currency, m.event_id, m.matched_by, m.matched_at, split_part(t.credit, ':', 3)::uuid as payer_id
  from issuance.receipt_match m join issuance.transfer t on t.event_id = m.event_id and t.credit like 'prefund:%';
delete from issuance.receipt_match;
insert into issuance.receipt_match (bank_line_id, order_id, amount_cents, currency, event_id, matched_by, matched_at, payer_id)
  select bank_line_id, order_id, amount, currency, event_id, matched_by, matched_at, payer_id from per_share;
alter table issuance.receipt_match
  alter column payer_id set not null,
  add constraint receipt_match_once primary key (bank_line_id, order_id, payer_id),
  add constraint receipt_match_event_key unique (event_id, payer_id),
  add constraint receipt_match_share_fkey foreign key (order_id, payer_id) references issuance.order_share (order_id, payer_id);
alter table issuance.receipt_match enable trigger user;
comment on table issuance.receipt_match is
  'The part of a bank credit that funded a payer''s share of an order; a credit funds a share once, and never more than itself';

-- A person may say that a credit is a payer's without knowing a reference; then it waits for a match by hand.
alter table issuance.receipt drop constraint receipt_refs_check,
  add constraint receipt_refs_check check (cardinality(refs) between 0 and 20);
