-- The sealed log in rows of many events (ADR 0066): a stretch gives numbers of one sender consecutive places, and holds the
-- hashes of what they say; a node is stored for every 256 hashes below it. What was sealed before keeps its places, its
-- hashes, its roots and its signatures. Nothing here is ever changed.

-- The hash of its leaf, computed where an event is kept. Who writes none is given it, by the slower way.
alter table audit.event add column leaf_hash bytea check (length(leaf_hash) = 32);
create function audit.give_leaf_hash() returns trigger language plpgsql as $$
begin
  new.leaf_hash := sha256('\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(new)), 'UTF8'));
  return new;
end $$;
create trigger give_leaf_hash before insert on audit.event
  for each row when (new.leaf_hash is null) execute function audit.give_leaf_hash();
-- Also where no other trigger fires: without its hash an event could not be kept.
alter table audit.event enable always trigger give_leaf_hash;

alter table audit.event disable trigger append_only;
update audit.event e set leaf_hash = l.hash from audit.leaf l where l.sender = e.sender and l.seq = e.seq;
update audit.event e set leaf_hash = sha256('\x00'::bytea || convert_to(audit.canonical_json(audit.leaf_json(e)), 'UTF8')) where leaf_hash is null;
alter table audit.event enable trigger append_only;
alter table audit.event alter column leaf_hash set not null;

create table audit.sealed_stretch (
  first_index bigint primary key check (first_index >= 0),
  sender text not null,
  first_seq bigint not null check (first_seq > 0),
  count int not null check (count > 0),
  hashes bytea not null,
  unique (sender, first_seq),
  check (length(hashes) = 32 * count)
);
comment on table audit.sealed_stretch is 'Numbers of one sender in consecutive places of the log, with the hashes of what they say';
-- Hashes cannot be compressed, and a few in the middle are read without the rest.
alter table audit.sealed_stretch alter column hashes set storage external;

insert into audit.sealed_stretch (first_index, sender, first_seq, count, hashes)
select min(log_index), sender, min(seq), count(*), string_agg(hash, ''::bytea order by log_index)
from (select l.*, log_index - row_number() over (partition by sender order by seq) as place,
  seq - row_number() over (partition by sender order by seq) as number from audit.leaf l) l
group by sender, place, number;

grant select, insert on audit.sealed_stretch to {{role}};
create trigger append_only before update or delete on audit.sealed_stretch
  for each row execute function audit.refuse_change();

-- The next places, the next numbers of the sender, each of them there. The hashes are taken from the events: nobody need hand
-- them in, and nobody can hand in others.
create function audit.check_stretch() returns trigger language plpgsql as $$
declare
  found_count bigint;
  found_hashes bytea;
begin
  if new.first_index <> coalesce((select s.first_index + s.count from audit.sealed_stretch s order by s.first_index desc limit 1), 0) then
    raise exception 'the log takes the next index only' using errcode = 'integrity_constraint_violation';
  end if;
  if new.first_seq <> coalesce((select s.first_seq + s.count from audit.sealed_stretch s where s.sender = new.sender order by s.first_seq desc limit 1), 1) then
    raise exception 'the log takes the next number of a sender only' using errcode = 'integrity_constraint_violation';
  end if;
  select count(*), string_agg(leaf_hash, ''::bytea) into found_count, found_hashes
  from (select leaf_hash from audit.event where sender = new.sender and seq >= new.first_seq and seq < new.first_seq + new.count order by seq) e;
  if found_count <> new.count then
    raise exception 'the log takes events that are there' using errcode = 'integrity_constraint_violation';
  end if;
  if new.hashes <> found_hashes then
    raise exception 'a stretch has the hashes of its events' using errcode = 'integrity_constraint_violation';
  end if;
  new.hashes := found_hashes;
  return new;
end $$;
create trigger check_stretch before insert on audit.sealed_stretch
  for each row execute function audit.check_stretch();

drop trigger check_nodes on audit.tree_node;
drop function audit.check_nodes();
alter table audit.tree_node disable trigger append_only;
delete from audit.tree_node where level % 8 <> 0;
alter table audit.tree_node enable trigger append_only;
alter table audit.tree_node add check (level % 8 = 0);
comment on table audit.tree_node is 'Hash over the 2^level leaves from position * 2^level on, once they are all there; every eighth level, the others are computed';
drop table audit.leaf;
drop function audit.check_leaves();

-- The last number of a sender that has a place in the log; 0 before the first.
create function audit.last_sealed(of_sender text) returns bigint language sql stable as $$
  select coalesce((select first_seq + count - 1 from audit.sealed_stretch where sender = of_sender order by first_seq desc limit 1), 0)
$$;

-- The place of an event; no row while it has none.
create function audit.place_of(of_sender text, of_seq bigint) returns table (log_index bigint) language sql stable as $$
  select s.first_index + of_seq - s.first_seq
  from (select * from audit.sealed_stretch where sender = of_sender and first_seq <= of_seq order by first_seq desc limit 1) s
  where of_seq < s.first_seq + s.count
$$;

-- What stands in the places from here up to before there: the numbers `first_seq` to `last_seq` of a sender, from `first_index` on.
create function audit.sealed_between(from_index bigint, to_index bigint)
returns table (first_index bigint, sender text, first_seq bigint, last_seq bigint) language sql stable as $$
  select greatest(s.first_index, from_index), s.sender, s.first_seq + greatest(from_index - s.first_index, 0),
    s.first_seq + least(s.count, to_index - s.first_index) - 1
  from audit.sealed_stretch s
  where s.first_index < to_index and s.first_index + s.count > from_index
    and s.first_index >= coalesce((select max(b.first_index) from audit.sealed_stretch b where b.first_index <= from_index), 0)
$$;

-- So many stored hashes of a level, one behind the other: of leaves, or of nodes. Null when one is missing.
create function audit.stored_hashes(of_level int, first bigint, count int) returns bytea language plpgsql stable as $$
declare
  found bytea;
begin
  if of_level = 0 then
    found := (
      select string_agg(substr(s.hashes, (32 * greatest(first - s.first_index, 0) + 1)::int,
        (32 * (least(first + stored_hashes.count, s.first_index + s.count) - greatest(first, s.first_index)))::int), ''::bytea order by s.first_index)
      from audit.sealed_stretch s
      where s.first_index < first + stored_hashes.count and s.first_index + s.count > first
        and s.first_index >= coalesce((select max(b.first_index) from audit.sealed_stretch b where b.first_index <= first), 0));
  else
    found := (
      select string_agg(n.hash, ''::bytea order by n.position) from audit.tree_node n
      where n.level = of_level and n.position >= first and n.position < first + stored_hashes.count);
  end if;
  return case when length(found) = 32 * stored_hashes.count then found end;
end $$;

-- The hash over a power of two of hashes (RFC 6962), pair by pair.
create function audit.hash_over(hashes bytea) returns bytea language plpgsql immutable strict parallel safe as $$
declare
  below bytea := hashes;
begin
  while length(below) > 32 loop
    below := (select string_agg(sha256('\x01'::bytea || substr(below, n * 64 + 1, 64)), ''::bytea) from generate_series(0, length(below) / 64 - 1) n);
  end loop;
  return below;
end $$;

-- Null when one below it is missing.
create or replace function audit.subtree_hash(wanted_level int, wanted_position bigint) returns bytea language plpgsql stable as $$
declare
  count int := 1 << (wanted_level % 8);
begin
  return audit.hash_over(audit.stored_hashes(wanted_level - wanted_level % 8, wanted_position * count, count));
end $$;

-- As with stretches: the hash is computed here.
create function audit.check_node() returns trigger language plpgsql as $$
declare
  found_hash bytea := audit.hash_over(audit.stored_hashes(new.level - 8, new.position * 256, 256));
begin
  if found_hash is null or new.hash <> found_hash then
    raise exception 'a node is the hash over the 256 below it' using errcode = 'integrity_constraint_violation';
  end if;
  new.hash := found_hash;
  return new;
end $$;
create trigger check_node before insert on audit.tree_node
  for each row execute function audit.check_node();

create or replace function audit.check_sealing() returns trigger language plpgsql as $$
begin
  if new.size <> coalesce((select s.first_index + s.count from audit.sealed_stretch s order by s.first_index desc limit 1), 0)
    or new.root is distinct from audit.root_at(new.size) then
    raise exception 'a sealing says the size and the root that the log has' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
