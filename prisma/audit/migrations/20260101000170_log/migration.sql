-- The sealed log: audit's events in one order, as the leaves of a Merkle tree (RFC 6962, SHA-256), with signed checkpoints.
-- Nothing here is ever changed; what a superuser changes all the same is found by recomputation (A1 to A6, `mereau verify`).

-- The one field of the envelope that was not kept: a leaf says everything that the sender said.
alter table audit.event add column subject_version int not null default 1 check (subject_version > 0);

-- What a leaf says of an event: all that its sender said. When it arrived here is ours, and not part of it.
create function audit.leaf_json(e audit.event) returns jsonb language sql stable as $$
  select jsonb_build_object('sender', e.sender, 'seq', e.seq, 'id', e.id, 'type', e.type, 'subject', e.subject,
    'subjectVersion', e.subject_version,
    'occurredAt', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', e.actor, 'causationId', e.causation_id, 'correlationId', e.correlation_id, 'body', e.body)
$$;

-- RFC 8785 once more, in SQL: the sealer writes leaves by other code, and the invariants ask this one whether it did well.
-- Equal to it for names in ASCII and numbers from 1e-6 to 1e21, which is all that contracts know.
-- It calls itself for what is nested only: a call costs more than all the rest.
create function audit.canonical_json(value jsonb) returns text language plpgsql immutable strict parallel safe as $$
begin
  if jsonb_typeof(value) = 'object' then
    return (
      select '{' || coalesce(string_agg(to_jsonb(m.key)::text || ':' || case jsonb_typeof(m.value)
        when 'object' then audit.canonical_json(m.value) when 'array' then audit.canonical_json(m.value)
        when 'number' then trim_scale(m.value::numeric)::text else m.value::text end, ',' order by m.key collate "C"), '') || '}'
      from jsonb_each(value) m);
  elsif jsonb_typeof(value) = 'array' then
    return (
      select '[' || coalesce(string_agg(audit.canonical_json(i.value), ',' order by i.place), '') || ']'
      from jsonb_array_elements(value) with ordinality i(value, place));
  elsif jsonb_typeof(value) = 'number' then
    return trim_scale(value::numeric)::text;
  end if;
  return value::text;
end $$;

create table audit.leaf (
  log_index bigint primary key check (log_index >= 0),
  sender text not null,
  seq bigint not null,
  hash bytea not null check (length(hash) = 32),
  unique (sender, seq),
  foreign key (sender, seq) references audit.event (sender, seq)
);
comment on table audit.leaf is 'An event in its place of the log, with the hash of what it says';
grant select, insert on audit.leaf to {{role}};
create trigger append_only before update or delete on audit.leaf
  for each row execute function audit.refuse_change();

-- Indices without a gap, and of each sender a beginning of its numbers without a gap, in their order.
create function audit.check_leaves() returns trigger language plpgsql as $$
declare
  first_index bigint;
  last_index bigint;
  added_count bigint;
begin
  select min(log_index), max(log_index), count(*) into first_index, last_index, added_count from added;
  if added_count = 0 then return null; end if;
  if last_index - first_index + 1 <> added_count
    or first_index <> coalesce((select max(log_index) + 1 from audit.leaf where log_index < first_index), 0) then
    raise exception 'the log takes the next index only' using errcode = 'integrity_constraint_violation';
  end if;
  if exists (
    select 1 from (select sender, seq - row_number() over (partition by sender order by log_index) as before from added) a
    group by sender having min(before) <> max(before)
      or min(before) <> coalesce((select max(seq) from audit.leaf l where l.sender = a.sender and l.log_index < first_index), 0)) then
    raise exception 'the log takes the next number of a sender only' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger check_leaves after insert on audit.leaf referencing new table as added
  for each statement execute function audit.check_leaves();

create table audit.tree_node (
  level int not null check (level between 1 and 50),
  position bigint not null check (position >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, position)
);
comment on table audit.tree_node is 'Hash over the 2^level leaves from position * 2^level on, once they are all there';
grant select, insert on audit.tree_node to {{role}};
create trigger append_only before update or delete on audit.tree_node
  for each row execute function audit.refuse_change();

-- Null when it is not there.
create function audit.subtree_hash(wanted_level int, wanted_position bigint) returns bytea language plpgsql stable as $$
begin
  if wanted_level = 0 then return (select hash from audit.leaf where log_index = wanted_position); end if;
  return (select hash from audit.tree_node where level = wanted_level and position = wanted_position);
end $$;

create function audit.check_nodes() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from added where hash is distinct from sha256('\x01'::bytea || audit.subtree_hash(level - 1, position * 2)
      || audit.subtree_hash(level - 1, position * 2 + 1))) then
    raise exception 'a node is the hash of the two below it' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger check_nodes after insert on audit.tree_node referencing new table as added
  for each statement execute function audit.check_nodes();

-- The root of the tree when it had so many leaves, from its full subtrees, the smallest first; null when one is missing.
create function audit.root_at(size bigint) returns bytea language plpgsql stable as $$
declare
  rest bigint := size;
  level int := 0;
  root bytea;
  begun boolean := false;
begin
  if size = 0 then return sha256(''::bytea); end if;
  while rest > 0 loop
    if rest % 2 = 1 then
      root := case when begun then sha256('\x01'::bytea || audit.subtree_hash(level, rest - 1) || root) else audit.subtree_hash(level, rest - 1) end;
      begun := true;
    end if;
    rest := rest / 2;
    level := level + 1;
  end loop;
  return root;
end $$;

-- Each names the one before, so that the history of the log cannot fork.
create table audit.sealing (
  size bigint primary key check (size >= 0),
  previous_size bigint unique references audit.sealing check (previous_size < size),
  root bytea not null check (length(root) = 32),
  sealed_at timestamptz not null,
  unique (size, root),
  check ((size = 0) = (previous_size is null))
);
comment on table audit.sealing is 'The log reached this size with this root';
insert into audit.sealing (size, previous_size, root, sealed_at) values (0, null, sha256(''::bytea), now());
grant select, insert on audit.sealing to {{role}};
create trigger append_only before update or delete on audit.sealing
  for each row execute function audit.refuse_change();

create function audit.check_sealing() returns trigger language plpgsql as $$
begin
  if new.size <> (select coalesce(max(log_index) + 1, 0) from audit.leaf) or new.root is distinct from audit.root_at(new.size) then
    raise exception 'a sealing says the size and the root that the log has' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger check_sealing before insert on audit.sealing
  for each row execute function audit.check_sealing();

create table audit.checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null,
  signed_at timestamptz not null,
  origin text not null check (length(origin) between 1 and 200),
  key_id text not null check (length(key_id) between 1 and 100),
  signature bytea not null check (length(signature) = 64),
  note text not null,
  event_id uuid not null unique,
  foreign key (size, root) references audit.sealing (size, root),
  check (starts_with(note, origin || E'\n' || size || E'\n' || encode(root, 'base64') || E'\n'))
);
comment on table audit.checkpoint is 'Size and root of the log, signed, as it was told to everybody';
grant select, insert on audit.checkpoint to {{role}};
create trigger append_only before update or delete on audit.checkpoint
  for each row execute function audit.refuse_change();
