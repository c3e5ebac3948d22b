-- What goes to a printer: lines encrypted to its key, letters beside the booklets, and the count of those who had the
-- same codes before.

create table issuance.printer_key (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  -- Of the primary key, as the printer reads it out.
  fingerprint text not null unique check (fingerprint ~ '^[0-9a-f]{40,64}$'),
  public_key text not null check (length(public_key) between 1 and 60000),
  registered_by text not null,
  registered_at timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  constraint printer_key_withdrawn_by_somebody check (num_nulls(withdrawn_by, withdrawn_at) in (0, 2))
);
comment on table issuance.printer_key is 'OpenPGP public keys of printers; codes as lines are encrypted to one of them';
grant select, insert on issuance.printer_key to {{role}};
grant update (withdrawn_by, withdrawn_at) on issuance.printer_key to {{role}};

create function issuance.check_printer_key() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or old.withdrawn_at is not null then
    raise exception 'printer key % is a fact', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger withdrawn_once before update or delete on issuance.printer_key
  for each row execute function issuance.check_printer_key();

alter table issuance.print_file
  drop constraint print_file_format_check,
  add constraint print_file_format_check check (format in ('csv', 'json', 'pdf', 'pgp', 'letters')),
  add column printer_key_id uuid references issuance.printer_key (id),
  add constraint print_file_encrypted_to_somebody check ((format = 'pgp') = (printer_key_id is not null)),
  add column language char(2) check (language in ('fr', 'en')),
  add column large_print boolean,
  -- INSEE code near which the letters look for places; null: in the territory of the first payer.
  add column commune text check (commune ~ '^([013-9][0-9]|2[AB1-9])[0-9]{3}$'),
  add constraint print_file_letters_say_how check ((format = 'letters') = (num_nulls(language, large_print) = 0)),
  add constraint print_file_near_for_letters check (format = 'letters' or commune is null);

alter table issuance.print_download add column reprint int not null default 0 check (reprint >= 0);
comment on column issuance.print_download.reprint is 'How often codes of this range had left before; above 0 it stands on each page';
