-- Claims of places that settlement rejected (fraud): their value is cover again, to the payers of the order by their shares.

create table issuance.rejected_claim (
  claim_line_id uuid primary key,
  redemption_id uuid not null unique,
  event_id uuid not null unique,
  order_id uuid not null references issuance.order (id),
  batch_id uuid not null references issuance.batch (id),
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  reason text not null,
  taken_at timestamptz not null
);
create index rejected_claim_order on issuance.rejected_claim (order_id);
create index rejected_claim_batch on issuance.rejected_claim (batch_id);
comment on table issuance.rejected_claim is 'Claim lines that settlement rejected, each once: value that went back to the payers of its order';
grant select, insert on issuance.rejected_claim to {{role}};
create trigger append_only before update or delete on issuance.rejected_claim
  for each row execute function issuance.refuse_change();

create table issuance.rejected_claim_share (
  claim_line_id uuid not null references issuance.rejected_claim (claim_line_id),
  payer_id uuid not null references issuance.payer (id),
  amount_cents bigint not null check (amount_cents > 0),
  primary key (claim_line_id, payer_id)
);
comment on table issuance.rejected_claim_share is 'What each payer got back of a rejected claim; the shares add up to it, to the cent';
grant select, insert on issuance.rejected_claim_share to {{role}};
create trigger append_only before update or delete on issuance.rejected_claim_share
  for each row execute function issuance.refuse_change();

-- Judged at commit, when all shares are there: they are the claim, and an order never gets back more than was activated.
create function issuance.check_rejected_claim() returns trigger language plpgsql set search_path = pg_catalog as $$
declare shared bigint; returned bigint; activated bigint;
begin
  select sum(amount_cents) into shared from issuance.rejected_claim_share where claim_line_id = new.claim_line_id;
  if shared is distinct from new.amount_cents then
    raise exception 'the shares of rejected claim % add up to %, not %', new.claim_line_id, shared, new.amount_cents
      using errcode = 'check_violation';
  end if;
  select sum(amount_cents) into returned from issuance.rejected_claim where order_id = new.order_id;
  select activated_cents into activated from issuance.order where id = new.order_id;
  if returned > activated then
    raise exception 'order % of % activated cents cannot get back %', new.order_id, activated, returned using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger rejected_claim_whole after insert on issuance.rejected_claim
  deferrable initially deferred for each row execute function issuance.check_rejected_claim();
