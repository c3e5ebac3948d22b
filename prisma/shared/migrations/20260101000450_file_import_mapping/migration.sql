-- An operator may say which column of a file is which of our fields. What was said stands with the import, and is never changed.

alter table {{schema}}.file_import add column mapping jsonb
  check (mapping is null or (jsonb_typeof(mapping) = 'object' and mapping ? 'source'
    and jsonb_typeof(mapping -> 'columns') = 'object' and mapping -> 'columns' <> '{}') is true);
comment on column {{schema}}.file_import.mapping is 'Our fields with the headers they were read from; null where a file was read by its own names. Said by started_by at started_at';

-- One file read in two ways is two imports: an unfinished one goes on only as it began.
drop index {{schema}}.file_import_unfinished;
create unique index file_import_unfinished on {{schema}}.file_import (kind, sha256, md5(coalesce(mapping::text, ''))) where finished_at is null;
