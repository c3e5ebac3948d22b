-- A booklet is a rule and no row: booklet k of a batch is its vouchers k * size .. k * size + size - 1. The size is chosen
-- with the batch and stays: the service's role may not change it. Batches that were minted before are loose.
alter table issuance.batch
  add column booklet_size smallint not null default 1 check (booklet_size in (1, 5, 10)),
  add constraint batch_of_whole_booklets check (count % booklet_size = 0),
  -- What deliveries refer to, so that a range beyond its batch cannot be written.
  add constraint batch_count_known unique (id, count);
alter table issuance.batch alter column booklet_size drop default;
comment on column issuance.batch.booklet_size is 'Vouchers bound together; 1: loose';
