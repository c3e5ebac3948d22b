-- Open data, month by month. A month is released once and stays as it was released: two versions of one month would tell in their
-- difference what neither tells, the use of a single person.
create table audit.open_data_release (
  month date primary key check (extract(day from month) = 1),
  -- The exact text that was hashed and signed: canonical JSON.
  content text not null,
  sha256 text not null unique check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  key_id text not null check (length(key_id) between 1 and 100),
  signature bytea not null check (length(signature) = 64),
  made_at timestamptz not null,
  constraint month_is_over check (month + interval '1 month' <= (made_at at time zone 'Europe/Paris')),
  constraint says_what_its_row_says check (content::jsonb ->> 'month' = to_char(month, 'YYYY-MM'))
);
comment on table audit.open_data_release is 'What was published of a month for everybody: figures of programmes, and of groups of eleven people and more';
grant select, insert on audit.open_data_release to {{role}};
create trigger append_only before update or delete on audit.open_data_release
  for each row execute function audit.refuse_change();
