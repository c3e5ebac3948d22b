-- The present address of a list, kept by a person under a name: their filters, order and columns. It is theirs alone, and changes and goes
-- as they say; when they act for nobody any more, it goes by itself.
create table identity.saved_view (
  id uuid primary key,
  user_id uuid not null references identity."user" (id),
  -- The path of the list: '/payments'.
  list text not null check (list ~ '^(/[a-z][a-z-]{0,39}){1,2}$'),
  -- Of twenty places for one list: the table holds no more.
  place int not null check (place between 1 and 20),
  name text not null check (length(name) between 1 and 60 and name = btrim(name)),
  question text not null check (length(question) <= 2000 and question !~ '[[:cntrl:]#]'),
  saved_at timestamptz not null,
  constraint saved_view_place unique (user_id, list, place),
  constraint saved_view_name unique (user_id, list, name)
);
comment on table identity.saved_view is 'How a person looks at a list, under a name of their own; at most twenty a list';
grant select, insert, delete on identity.saved_view to {{role}};
grant update (name) on identity.saved_view to {{role}};

create function identity.forget_saved_view(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from identity.saved_view v using (
    select id from identity.saved_view s
    where s.saved_at < least(at, clock_timestamp()) - interval '30 days'
      and not exists (select from identity.membership m where m.user_id = s.user_id
        and (m.ended_at is null or m.ended_at >= least(at, clock_timestamp()) - interval '30 days'))
    limit at_most for update skip locked) old
  where v.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function identity.forget_saved_view(timestamptz, int) from public;
grant execute on function identity.forget_saved_view(timestamptz, int) to {{role}};
