-- Whoever holds a voucher may ask about it without an account. They are limited as tills are, by where they sit.
alter table redemption.till_count drop constraint till_count_subject_check;
alter table redemption.till_count add constraint till_count_subject_check
  check (subject ~ '^(platform|public|(place|device|address):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$');
comment on table redemption.till_count is 'How many attempts of a place, a device or of all tills together were refused in a minute, and how many of these named a code that nobody knows; of somebody without an account, by a keyed hash of the address, how many questions; two hours are kept';

-- What stands on paper beside the code; null for batches that were announced before these were told.
alter table redemption.batch add column serial_label char(8), add column booklet_size int check (booklet_size > 0);
create index batch_serial_label on redemption.batch (serial_label) where serial_label is not null;

-- Somebody lost vouchers and has a number only, which proves nothing: a case for whoever handed it over.
create table redemption.loss_report (
  id uuid primary key,
  -- What the person notes down and quotes.
  reference text not null unique check (reference ~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
  batch_id uuid not null references redemption.batch (id),
  -- One voucher, or a booklet; both ends included.
  first int not null check (first >= 0),
  last int not null check (last >= first),
  -- As it is printed.
  number text not null check (length(number) <= 20),
  -- Who had it last when it was reported; null: nobody is known, so the operator.
  distributor_id uuid,
  reported_at timestamptz not null,
  -- The same voucher, or booklet, is one case, however often it is reported.
  unique (batch_id, first, last)
);
create index loss_report_distributor on redemption.loss_report (distributor_id, id);
comment on table redemption.loss_report is 'Vouchers that somebody reported lost by a serial or the number of a booklet, without a code; says nothing of who did';
grant select, insert on redemption.loss_report to {{role}};
create trigger append_only before update or delete on redemption.loss_report
  for each row execute function redemption.refuse_change();

create table redemption.loss_answer (
  report_id uuid primary key references redemption.loss_report (id),
  outcome text not null check (outcome in ('stopped', 'left')),
  answered_by text not null,
  answered_at timestamptz not null
);
comment on table redemption.loss_answer is 'What whoever handed a voucher over did about the report of its loss: stopped it, or left it as it is';
grant select, insert on redemption.loss_answer to {{role}};
create trigger append_only before update or delete on redemption.loss_answer
  for each row execute function redemption.refuse_change();
