-- What the bank answered to our payment files (pain.002): each status once, and the payments that it rejected before debit.

-- Evidence: the bytes as they came, once each.
create table settlement.payment_report_file (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null check (length(bytes) > 0),
  imported_by text not null,
  imported_at timestamptz not null,
  check (sha256 = encode(sha256(bytes), 'hex'))
);
comment on table settlement.payment_report_file is 'The bytes of every imported payment report';
grant select, insert on settlement.payment_report_file to {{role}};
create trigger append_only before update or delete on settlement.payment_report_file
  for each row execute function settlement.refuse_change();

create table settlement.payment_report (
  id uuid primary key,
  message_id text not null check (length(message_id) between 1 and 35),
  original_message_id text not null check (length(original_message_id) between 1 and 35),
  run_id uuid references settlement.settlement_run,
  file_sha256 text not null references settlement.payment_report_file,
  content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
  imported_by text not null,
  imported_at timestamptz not null,
  unique (message_id, original_message_id)
);
comment on table settlement.payment_report is 'The bank''s reports on our payment files; without a run it is about a file that is none of ours';
grant select, insert on settlement.payment_report to {{role}};
create trigger append_only before update or delete on settlement.payment_report
  for each row execute function settlement.refuse_change();

create table settlement.payment_report_status (
  report_id uuid not null references settlement.payment_report,
  ordinal int not null check (ordinal >= 0),
  level text not null check (level in ('file', 'part', 'payment')),
  payment_information_id text,
  end_to_end_id text,
  payment_id uuid references settlement.payment,
  status text check (status ~ '^[A-Z0-9]{4}$'),
  reason_code text,
  reason_text text,
  outcome text not null check (outcome in ('noted', 'rejected', 'known', 'finding')),
  finding text,
  primary key (report_id, ordinal),
  check ((outcome = 'finding') = (finding is not null)),
  check ((outcome in ('rejected', 'known')) <= (payment_id is not null))
);
create index payment_report_status_payment on settlement.payment_report_status (payment_id);
comment on table settlement.payment_report_status is 'Each status of a report, for the file, a part of it or a payment, and what came of it';
grant select, insert on settlement.payment_report_status to {{role}};
create trigger append_only before update or delete on settlement.payment_report_status
  for each row execute function settlement.refuse_change();

create table settlement.payment_rejection (
  payment_id uuid primary key references settlement.payment,
  report_id uuid not null references settlement.payment_report,
  event_id uuid not null unique,
  reason_code text not null check (reason_code ~ '^[A-Z0-9]{4}$'),
  rejected_at timestamptz not null
);
create index payment_rejection_report on settlement.payment_rejection (report_id);
comment on table settlement.payment_rejection is 'Payments that the bank refused before their debit, each once, with its reason';
grant select, insert on settlement.payment_rejection to {{role}};
create trigger append_only before update or delete on settlement.payment_rejection
  for each row execute function settlement.refuse_change();

alter table settlement.payment drop constraint payment_state_check,
  add constraint payment_state_check check (state in ('instructed', 'released', 'booked', 'returned', 'rejected', 'cancelled'));
comment on table settlement.payment is 'One instruction to pay one payee; returned, rejected or cancelled is its end, a new payment pays again';

create or replace function settlement.check_payment_state() returns trigger language plpgsql set search_path = pg_catalog as $$
declare run_state text; allowed boolean;
begin
  select state into run_state from settlement.settlement_run where id = new.run_id;
  if tg_op = 'INSERT' then
    if new.state <> 'instructed' or run_state <> 'drafted' then
      raise exception 'payment % begins as an instruction of a drafted run', new.id using errcode = 'check_violation';
    end if;
    return new;
  end if;
  allowed := case
    when old.state = 'instructed' and new.state in ('released', 'cancelled') then run_state = new.state
    when (old.state, new.state) in (('released', 'booked'), ('booked', 'returned')) then
      exists (select from settlement.payment_movement where payment_id = new.id and movement = new.state)
    when (old.state, new.state) = ('released', 'rejected') then
      exists (select from settlement.payment_rejection where payment_id = new.id)
    else false end;
  if not allowed then
    raise exception 'payment % cannot go from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
