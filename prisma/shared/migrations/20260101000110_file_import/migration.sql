-- Files that an operator imported, and what became of each of their rows. A killed import is taken up where it stopped.

create table {{schema}}.file_import (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z]{1,20}$'),
  sha256 char(64) not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes int not null check (bytes > 0),
  -- Rows of the file, counted before the first of them is taken.
  read int not null check (read > 0),
  imported int not null default 0 check (imported >= 0),
  merged int not null default 0 check (merged >= 0),
  unchanged int not null default 0 check (unchanged >= 0),
  refused int not null default 0 check (refused >= 0),
  started_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint file_import_adds_up check (imported + merged + unchanged + refused <= read),
  constraint file_import_finished_whole check ((finished_at is not null) = (imported + merged + unchanged + refused = read))
);
-- The same file sent again while its import is not finished goes on with that import.
create unique index file_import_unfinished on {{schema}}.file_import (kind, sha256) where finished_at is null;
comment on table {{schema}}.file_import is 'A file that was imported: its hash, how many rows it has, and what became of them in sum';
grant select, insert on {{schema}}.file_import to {{role}};
grant update (imported, merged, unchanged, refused, finished_at) on {{schema}}.file_import to {{role}};

create table {{schema}}.file_import_row (
  file_import_id uuid not null references {{schema}}.file_import (id),
  row int not null check (row > 0),
  line int not null check (line > 0),
  source text check (length(source) between 1 and 100),
  external_id text check (length(external_id) between 1 and 200),
  outcome text not null check (outcome in ('imported', 'merged', 'unchanged', 'refused')),
  code text not null check (code ~ '^[a-z_]{1,40}$'),
  notes text[] not null check (cardinality(notes) <= 40),
  fields text[] not null check (cardinality(fields) <= 60),
  subject_id uuid,
  primary key (file_import_id, row),
  check ((outcome = 'refused') = (subject_id is null))
);
comment on table {{schema}}.file_import_row is 'What became of one row of an imported file, why, and which of our rows it is now';
grant select, insert on {{schema}}.file_import_row to {{role}};
create trigger append_only before update or delete on {{schema}}.file_import_row
  for each row execute function {{schema}}.refuse_change();

create function {{schema}}.check_file_import() returns trigger language plpgsql set search_path = pg_catalog as $$
declare counted int[];
begin
  if old.finished_at is not null or new.imported < old.imported or new.merged < old.merged
    or new.unchanged < old.unchanged or new.refused < old.refused then
    raise exception 'file import % only goes forward', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if new.finished_at is not null then
    select array[count(*) filter (where outcome = 'imported'), count(*) filter (where outcome = 'merged'),
      count(*) filter (where outcome = 'unchanged'), count(*) filter (where outcome = 'refused')] into counted
    from {{schema}}.file_import_row where file_import_id = new.id;
    if counted <> array[new.imported, new.merged, new.unchanged, new.refused] then
      raise exception 'file import % counts %, its rows are %', new.id, array[new.imported, new.merged, new.unchanged, new.refused], counted
        using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger goes_forward before update on {{schema}}.file_import
  for each row execute function {{schema}}.check_file_import();

create function {{schema}}.check_file_import_open() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from added join {{schema}}.file_import i on i.id = added.file_import_id where i.finished_at is not null) then
    raise exception 'a finished import takes no further row' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger only_while_open after insert on {{schema}}.file_import_row
  referencing new table as added for each statement execute function {{schema}}.check_file_import_open();
