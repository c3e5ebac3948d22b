-- A refund that Stripe does not send because its payment is disputed waits for the end of that: who gets the payment back from
-- its bank is not paid the same money by ours.

create view settlement.disputed_refund as
  select f.id as refund_id
  from settlement.refund f join settlement.stripe_refund s on s.refund_id = f.id
  where s.state = 'failed' and case
    when exists (select from settlement.stripe_dispute d where d.payment_id = f.stripe_payment_id)
      then exists (select from settlement.stripe_dispute d left join settlement.stripe_dispute_end e on e.dispute_id = d.id
        where d.payment_id = f.stripe_payment_id and e.outcome is distinct from 'won')
    -- Stripe said so, and its list has not been read yet.
    else s.reason_code = 'payment_disputed' end;
comment on view settlement.disputed_refund is 'Refunds that failed at Stripe and are not paid by bank: their payment is disputed, or was lost';
grant select on settlement.disputed_refund to {{role}};

create or replace function settlement.check_refund_by_bank() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.refund r where r.id = new.refund_id and r.way = 'stripe') and not exists (
      select from settlement.stripe_refund s where s.refund_id = new.refund_id and s.state = 'failed') then
    raise exception 'refund % goes back by Stripe', new.refund_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.disputed_refund d where d.refund_id = new.refund_id) then
    raise exception 'refund % is of a payment that is disputed', new.refund_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
