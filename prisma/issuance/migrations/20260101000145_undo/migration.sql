-- Counted apart, so that an undoing may be heard of before the redemption that it undoes.
alter table issuance.batch_funnel
  add column undone_count int not null default 0 check (undone_count >= 0),
  add column undone_cents bigint not null default 0 check (undone_cents >= undone_count);
comment on table issuance.batch_funnel is 'How much of a batch was redeemed, and how much of that undone, summed from redemption''s messages';
grant update (undone_count, undone_cents) on issuance.batch_funnel to {{role}};
