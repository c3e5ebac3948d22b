-- Portals of payers and distributors read as one of two roles that the service takes for one transaction (libs/persistence, readAs): the
-- reader sees what belongs to the organisation in `mereau.org`, and nothing without one; the overseer, for the operator and auditors, sees every
-- row. Neither writes. The service itself decides about everybody's money: its own policy leaves it every row, and costs no plan anything.

create function issuance.reading_party() returns uuid language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('mereau.org', true), '')::uuid
$$;
comment on function issuance.reading_party() is 'The payer or distributor that a reader reads for, of this transaction; null for nobody';

-- What a reader has a part in, asked past the policies, since a policy that asked its own table would go round in circles. Each is read
-- once per statement, by the indices by payer and by distributor.
create function issuance.orders_of_reader() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select s.order_id from issuance.order_share s where s.payer_id = issuance.reading_party()
$$;
comment on function issuance.orders_of_reader() is 'The orders that the reading payer has a share of';
create function issuance.drafts_of_reader() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select d.id from issuance.order_draft d where d.shares @> jsonb_build_array(jsonb_build_object('payerId', issuance.reading_party()))
$$;
comment on function issuance.drafts_of_reader() is 'The drafts that name the reading payer';
create index order_draft_payer on issuance.order_draft using gin (shares jsonb_path_ops);
create function issuance.batches_of_reader() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select b.id from issuance.batch b join issuance.order_share s on s.order_id = b.order_id where s.payer_id = issuance.reading_party()
$$;
comment on function issuance.batches_of_reader() is 'The batches of the orders that the reading payer has a share of';
create function issuance.batches_at_reader() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select d.batch_id from issuance.delivery d where d.distributor_id = issuance.reading_party()
$$;
comment on function issuance.batches_at_reader() is 'The batches of which something was sent to the reading distributor: nothing comes to one in another way';
create function issuance.orders_at_reader() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select b.order_id from issuance.batch b where b.id in (select issuance.batches_at_reader())
$$;
comment on function issuance.orders_at_reader() is 'The orders whose vouchers were at the reading distributor';
create function issuance.payers_beside_reader() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select o.payer_id from issuance.order_share s join issuance.order_share o on o.order_id = s.order_id where s.payer_id = issuance.reading_party()
$$;
comment on function issuance.payers_beside_reader() is 'The payers of the reading payer''s orders, as their statements name them';
create function issuance.distributors_for_reader() returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select d.distributor_id from issuance.delivery d where d.batch_id in (select issuance.batches_of_reader())
$$;
comment on function issuance.distributors_for_reader() is 'The distributors that vouchers of the reading payer were sent to';

do $$
declare name text;
begin
  foreach name in array array[
    'orders_of_reader', 'drafts_of_reader', 'batches_of_reader', 'batches_at_reader', 'orders_at_reader', 'payers_beside_reader', 'distributors_for_reader'
  ] loop
    execute format('revoke all on function issuance.%I() from public', name);
    execute format('grant execute on function issuance.%I() to {{reader}}', name);
  end loop;
  foreach name in array array[
    'payer', 'payer_billing', 'payer_territory', 'order', 'order_share', 'share_fee', 'order_step', 'order_draft', 'order_quote', 'order_quote_share',
    'order_extension', 'batch', 'batch_extension', 'batch_funnel', 'booklet_use', 'chunk', 'replacement', 'stopped_range', 'activation', 'activation_share',
    'expired_chunk', 'finished_expiry', 'expiry_step', 'vintage_sign_off', 'holding', 'delivery', 'delivery_outcome', 'hand_over', 'stock_loss', 'agent',
    'distributor', 'distributor_replacement', 'replacement_quota', 'hand_over_file', 'file_import', 'file_import_row', 'receipt_match',
    'card_payment', 'card_payment_state', 'card_receipt', 'card_session', 'refund', 'refund_movement', 'stripe_refund_movement', 'dispute', 'dispute_end',
    'frozen_batch', 'invoice', 'invoice_delivery', 'contradictory_statement', 'contradictory_statement_share', 'statement_signature', 'signed_statement',
    'guarded_balance', 'transfer'
  ] loop
    execute format('alter table issuance.%I enable row level security', name);
    execute format('create policy service on issuance.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on issuance.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on issuance.%I for select to mereau_inspector using (true)', name);
    execute format('grant select on issuance.%I to {{reader}}', name);
  end loop;
  -- One payer's own, or one distributor's, by the key that the row has.
  foreach name in array array[
    'payer_billing', 'payer_territory', 'order_share', 'share_fee', 'activation_share', 'vintage_sign_off', 'receipt_match', 'card_payment', 'refund', 'dispute', 'invoice'
  ] loop
    execute format('create policy reader on issuance.%I for select to {{reader}} using (payer_id = (select issuance.reading_party()))', name);
  end loop;
  foreach name in array array['agent', 'distributor_replacement', 'replacement_quota', 'hand_over_file'] loop
    execute format('create policy reader on issuance.%I for select to {{reader}} using (distributor_id = (select issuance.reading_party()))', name);
  end loop;
  -- What became of a batch is told to the payers of it, and to whoever has some of it.
  foreach name in array array['batch_extension', 'batch_funnel', 'booklet_use', 'chunk', 'replacement', 'stopped_range', 'activation', 'expired_chunk', 'finished_expiry', 'expiry_step'] loop
    execute format('create policy reader on issuance.%I for select to {{reader}} using (batch_id in (select issuance.batches_of_reader()) or batch_id in (select issuance.batches_at_reader()))', name);
  end loop;
  foreach name in array array['hand_over', 'stock_loss'] loop
    execute format('create policy reader on issuance.%I for select to {{reader}} using (distributor_id = (select issuance.reading_party()) or batch_id in (select issuance.batches_of_reader()))', name);
  end loop;
  foreach name in array array['order_quote', 'order_quote_share'] loop
    execute format('create policy reader on issuance.%I for select to {{reader}} using (order_id in (select issuance.drafts_of_reader()))', name);
  end loop;
end $$;

create policy reader on issuance.payer for select to {{reader}}
  using (id = (select issuance.reading_party()) or id in (select issuance.payers_beside_reader()));
create policy reader on issuance.distributor for select to {{reader}}
  using (id = (select issuance.reading_party()) or id in (select issuance.distributors_for_reader()));
create policy reader on issuance."order" for select to {{reader}}
  using (id in (select issuance.orders_of_reader()) or id in (select issuance.orders_at_reader()));
create policy reader on issuance.order_extension for select to {{reader}}
  using (order_id in (select issuance.orders_of_reader()) or order_id in (select issuance.orders_at_reader()));
create policy reader on issuance.order_step for select to {{reader}}
  using (order_id in (select issuance.orders_of_reader()) or order_id in (select issuance.drafts_of_reader()));
create policy reader on issuance.order_draft for select to {{reader}} using (id in (select issuance.drafts_of_reader()));
create policy reader on issuance.batch for select to {{reader}}
  using (order_id in (select issuance.orders_of_reader()) or id in (select issuance.batches_at_reader()));
create policy reader on issuance.delivery for select to {{reader}}
  using (distributor_id = (select issuance.reading_party()) or from_distributor_id = (select issuance.reading_party())
    or batch_id in (select issuance.batches_of_reader()));
-- What became of a delivery is told to both of its ends, and what lies on the way to whoever sent it.
create policy reader on issuance.delivery_outcome for select to {{reader}} using (exists (select from issuance.delivery d where d.id = delivery_id));
create policy reader on issuance.holding for select to {{reader}}
  using (distributor_id = (select issuance.reading_party()) or batch_id in (select issuance.batches_of_reader())
    or document_id in (select d.id from issuance.delivery d where d.from_distributor_id = (select issuance.reading_party())));
create policy reader on issuance.file_import for select to {{reader}} using (exists (select from issuance.hand_over_file f where f.file_import_id = id));
create policy reader on issuance.file_import_row for select to {{reader}}
  using (exists (select from issuance.hand_over_file f where f.file_import_id = file_import_row.file_import_id));
create policy reader on issuance.card_payment_state for select to {{reader}} using (exists (select from issuance.card_payment p where p.id = card_payment_id));
create policy reader on issuance.card_receipt for select to {{reader}} using (exists (select from issuance.card_payment p where p.id = card_payment_id));
create policy reader on issuance.card_session for select to {{reader}} using (exists (select from issuance.card_payment p where p.id = card_payment_id));
create policy reader on issuance.refund_movement for select to {{reader}} using (exists (select from issuance.refund r where r.id = refund_id));
create policy reader on issuance.stripe_refund_movement for select to {{reader}} using (exists (select from issuance.refund r where r.id = refund_id));
create policy reader on issuance.dispute_end for select to {{reader}} using (exists (select from issuance.dispute d where d.id = dispute_id));
create policy reader on issuance.frozen_batch for select to {{reader}} using (exists (select from issuance.dispute d where d.id = dispute_id));
create policy reader on issuance.invoice_delivery for select to {{reader}} using (exists (select from issuance.invoice i where i.id = invoice_id));
-- A statement of an order names all of its payers, and each of them signs it.
create policy reader on issuance.contradictory_statement for select to {{reader}} using (order_id in (select issuance.orders_of_reader()));
create policy reader on issuance.signed_statement for select to {{reader}} using (order_id in (select issuance.orders_of_reader()));
create policy reader on issuance.contradictory_statement_share for select to {{reader}}
  using (exists (select from issuance.contradictory_statement c where c.id = statement_id));
create policy reader on issuance.statement_signature for select to {{reader}}
  using (exists (select from issuance.contradictory_statement c where c.id = statement_id));
-- Of the ledger, what a payer owes and has, by the name of its accounts.
create policy reader on issuance.guarded_balance for select to {{reader}}
  using (account like 'prefund:%' and split_part(account, ':', 3) = (select issuance.reading_party()::text));
create policy reader on issuance.transfer for select to {{reader}}
  using (debit = (select 'receivable:' || issuance.reading_party()) or credit = (select 'receivable:' || issuance.reading_party()));

-- Of nobody in particular: programmes, rules, what is published of places.
grant select on issuance.programme, issuance.programme_rule, issuance.upstream_fee_rule, issuance.upstream_fee_service to {{reader}};

-- What was taken out of a holding, without who has it now: where somebody's vouchers are is what is left, also where the rest is of others.
create view issuance.taken_out as select c.parent_id, c.span from issuance.holding c where c.parent_id is not null;
comment on view issuance.taken_out is 'Parts of holdings that went on: of which one, and which vouchers. For everybody who may see the one';
grant select on issuance.taken_out to {{role}}, {{overseer}}, {{reader}}, mereau_inspector;
create or replace view issuance.held as
  select h.id, h.batch_id, h.place, h.distributor_id, h.agent_id, h.document_id, h.moved_at, s.span
  from issuance.holding h
  cross join lateral (select coalesce(range_agg(c.span), '{}') as spans from issuance.taken_out c where c.parent_id = h.id) gone
  cross join lateral unnest(int4multirange(h.span) - gone.spans) as s(span);

-- A view reads with the rights of whoever asks, or it would be the way around.
alter view issuance.held set (security_invoker = true);
alter view issuance.order_dates set (security_invoker = true);
alter view issuance.open_held_claim set (security_invoker = true);
grant select on issuance.held, issuance.order_dates to {{reader}};
