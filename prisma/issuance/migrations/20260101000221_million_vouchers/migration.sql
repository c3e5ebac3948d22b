-- A million vouchers in one order, and so in one batch, of together a hundred million euros.
alter table issuance.order
  drop constraint order_count_check,
  add constraint order_count_check check (count between 1 and 1000000),
  drop constraint order_check,
  add constraint order_total_check check (total_cents = count * face_cents and total_cents <= 10000000000);
alter table issuance.batch
  drop constraint batch_count_check,
  add constraint batch_count_check check (count between 1 and 1000000);
