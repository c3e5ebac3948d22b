-- The key that makes a batch's codes ends when nothing of the batch is with the operator or under way: from then on a
-- voucher is replaced, never printed again (decision 13). The old bytes go with the next vacuum and are wrapped anyway.
alter table issuance.batch
  alter column wrapped_key drop not null,
  add column key_destroyed_at timestamptz,
  add constraint batch_key_or_its_end check ((wrapped_key is null) = (key_destroyed_at is not null));
grant update (wrapped_key, key_destroyed_at) on issuance.batch to {{role}};

create function issuance.check_batch_key() returns trigger language plpgsql set search_path = pg_catalog as $$
declare settled bigint;
begin
  if tg_op = 'INSERT' then
    if new.wrapped_key is null then
      raise exception 'batch % begins without a key', new.id using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.wrapped_key is not distinct from old.wrapped_key and new.key_destroyed_at is not distinct from old.key_destroyed_at then
    return new;
  end if;
  if old.wrapped_key is null or new.wrapped_key is not null then
    raise exception 'the key of batch % is never exchanged and does not come back', new.id using errcode = 'check_violation';
  end if;
  select coalesce(sum(last - first + 1), 0) into settled from issuance.delivery_outcome where batch_id = new.id;
  if new.state <> 'loaded' or settled <> new.count then
    raise exception 'batch % is %, and % of its % vouchers are delivered or lost: its key is needed', new.id, new.state, settled, new.count
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger key_ends_once before insert or update on issuance.batch
  for each row execute function issuance.check_batch_key();
