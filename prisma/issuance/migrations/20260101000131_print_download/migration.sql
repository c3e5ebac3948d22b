-- Whoever has codes written out is remembered at each download, not once per request, and told to audit.
alter table issuance.print_file
  drop constraint print_file_format_check,
  add constraint print_file_format_check check (format in ('csv', 'json', 'pdf')),
  add column first int,
  add column last int;
-- Earlier files were of whole batches.
alter table issuance.print_file disable trigger append_only;
update issuance.print_file f set first = 0, last = b.count - 1 from issuance.batch b where b.id = f.batch_id;
alter table issuance.print_file enable trigger append_only;
alter table issuance.print_file
  alter column first set not null,
  alter column last set not null,
  add constraint print_file_range check (first >= 0 and last >= first);
comment on table issuance.print_file is 'Codes that somebody asked to have written out, of which range and in which form; the codes themselves are kept nowhere';

create table issuance.print_download (
  id uuid primary key,
  print_file_id uuid not null references issuance.print_file (id),
  taken_by text not null,
  taken_at timestamptz not null,
  -- Known once the last piece is about to leave; without them the file never left whole.
  sha256 char(64) check (sha256 ~ '^[0-9a-f]{64}$'),
  byte_count bigint check (byte_count > 0),
  written_at timestamptz,
  constraint print_download_whole_or_not check (num_nulls(sha256, byte_count, written_at) in (0, 3))
);
create index print_download_file on issuance.print_download (print_file_id);
comment on table issuance.print_download is 'Each time that codes left, by whom, and the digest of what left whole';
grant select, insert on issuance.print_download to {{role}};
grant update (sha256, byte_count, written_at) on issuance.print_download to {{role}};

create function issuance.check_print_download() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'DELETE' or old.written_at is not null then
    raise exception 'download % is a fact', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger written_once before update or delete on issuance.print_download
  for each row execute function issuance.check_print_download();
