-- While something that must hold of the money does not, no money leaves: a run is not released, and no card is refunded. Tills go on, for
-- what they take is owed all the same.
create table settlement.payout_stop (
  id uuid primary key,
  service text not null check (service in ('issuance', 'redemption', 'settlement', 'audit', 'identity')),
  invariant text not null check (length(invariant) between 1 and 20),
  sentence text not null,
  row_named text not null,
  detail text not null,
  found_at timestamptz not null,
  stopped_at timestamptz not null,
  event_id uuid not null unique
);
comment on table settlement.payout_stop is 'A row that breaks an invariant, as the service whose row it is told; stands until it is lifted';
grant select, insert on settlement.payout_stop to {{role}};
create trigger append_only before update or delete on settlement.payout_stop
  for each row execute function settlement.refuse_change();

create table settlement.payout_stop_lifting (
  stop_id uuid primary key references settlement.payout_stop,
  note text not null check (length(note) between 1 and 500),
  lifted_by text not null,
  lifted_at timestamptz not null
);
comment on table settlement.payout_stop_lifting is 'Who understood what was broken, and why money may leave again';
grant select, insert on settlement.payout_stop_lifting to {{role}};
create trigger append_only before update or delete on settlement.payout_stop_lifting
  for each row execute function settlement.refuse_change();

create function settlement.payouts_are_stopped() returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from settlement.payout_stop s where not exists (
    select from settlement.payout_stop_lifting l where l.stop_id = s.id))
$$;
grant execute on function settlement.payouts_are_stopped() to {{role}};

create function settlement.refuse_while_stopped() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if settlement.payouts_are_stopped() then
    raise exception 'payouts are stopped: run % is not released', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_while_stopped before update on settlement.settlement_run
  for each row when (new.state = 'released' and old.state <> 'released') execute function settlement.refuse_while_stopped();
