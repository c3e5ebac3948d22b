-- The sub-ledger of one service: transfers that only grow, and a guarded balance for accounts that may not go below zero.

create table {{schema}}.transfer (
  event_id uuid not null,
  line smallint not null check (line >= 0),
  rule text not null,
  debit text not null,
  credit text not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  custody_account_id uuid not null,
  reverses_event_id uuid,
  reverses_line smallint,
  created_at timestamptz not null default clock_timestamp(),
  primary key (event_id, line),
  check (debit <> credit),
  check ((reverses_event_id is null) = (reverses_line is null)),
  foreign key (reverses_event_id, reverses_line) references {{schema}}.transfer (event_id, line)
);
comment on table {{schema}}.transfer is 'Double entry: one debit, one credit, one amount; corrected only by a transfer that reverses';
grant select, insert on {{schema}}.transfer to {{role}};
create trigger append_only before update or delete on {{schema}}.transfer
  for each row execute function {{schema}}.refuse_change();

create table {{schema}}.guarded_balance (
  account text primary key,
  balance bigint not null check (balance >= 0)
);
comment on table {{schema}}.guarded_balance is 'Balance of each account that may never go below zero; kept by a trigger, recomputed by the invariants';
grant select on {{schema}}.guarded_balance to {{role}};

-- The kinds here are those marked guarded in libs/ledger (a test compares). All of them stand on the credit side.
create function {{schema}}.is_guarded(account text) returns boolean language sql immutable as $$
  select split_part(account, ':', 1) in ({{guarded}})
$$;

-- security definer: the service's role may post, yet it cannot write a balance by hand.
create function {{schema}}.keep_guarded_balance() returns trigger language plpgsql security definer
  set search_path = pg_catalog as $$
begin
  -- The credit side first: a posting through an account (in and out) must not dip below zero on its way.
  if {{schema}}.is_guarded(new.credit) then
    insert into {{schema}}.guarded_balance (account, balance) values (new.credit, new.amount)
      on conflict (account) do update set balance = guarded_balance.balance + excluded.balance;
  end if;
  if {{schema}}.is_guarded(new.debit) then
    update {{schema}}.guarded_balance set balance = balance - new.amount where account = new.debit;
    if not found then
      raise exception 'account % has no balance to draw % from', new.debit, new.amount using errcode = 'check_violation';
    end if;
  end if;
  return null;
end $$;
create trigger keep_guarded_balance after insert on {{schema}}.transfer
  for each row execute function {{schema}}.keep_guarded_balance();

-- L11 by the database: what is taken back never exceeds what is left of its original.
create function {{schema}}.check_reversal() returns trigger language plpgsql set search_path = pg_catalog as $$
declare original {{schema}}.transfer; taken bigint;
begin
  select * into original from {{schema}}.transfer
    where event_id = new.reverses_event_id and line = new.reverses_line;
  -- Two partial reversals of one original take turns.
  perform pg_advisory_xact_lock(hashtextextended(new.reverses_event_id::text, new.reverses_line));
  select coalesce(sum(amount), 0) into taken from {{schema}}.transfer
    where reverses_event_id = new.reverses_event_id and reverses_line = new.reverses_line;
  if taken + new.amount > original.amount then
    raise exception 'a reversal of % exceeds what is left of transfer %/%', new.amount, new.reverses_event_id, new.reverses_line
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_reversal before insert on {{schema}}.transfer
  for each row when (new.reverses_event_id is not null) execute function {{schema}}.check_reversal();
