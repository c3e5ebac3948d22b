-- A credit may pay a share in parts: its cover when the money came, fee and VAT once they are invoiced. What it may not do is
-- still refused by the sum of its parts; each part is a match of its own, with its own event and posting.
alter table issuance.receipt_match
  drop constraint receipt_match_once,
  drop constraint receipt_match_event_key,
  add constraint receipt_match_once primary key (event_id, payer_id);
create index receipt_match_receipt on issuance.receipt_match (bank_line_id);
comment on table issuance.receipt_match is
  'The part of a bank credit that paid something of a payer''s share of an order; all parts of a credit never exceed it';
