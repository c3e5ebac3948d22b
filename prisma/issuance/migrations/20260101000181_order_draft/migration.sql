-- An order before it is one: a draft that may change, quotes of it that may not, and what its payers answer. A draft
-- commits nobody and asks no money, so it is no row of issuance.order; the order that comes of it has its id.

create table issuance.order_draft (
  id uuid primary key,
  programme_id uuid not null references issuance.programme (id),
  count int not null check (count > 0),
  face_cents bigint check (face_cents > 0),
  on_expiry text check (on_expiry in ('refund', 'commons', 'roll_over')),
  sharing text not null check (sharing in ('pro_rata', 'pro_rata_then_next', 'priority')),
  paper boolean not null,
  activate_on text not null check (activate_on in ('cover', 'receipt')),
  -- Of payers, in the order of their priority: { payerId, basisPoints, capCents }.
  shares jsonb not null check (jsonb_typeof(shares) = 'array' and jsonb_array_length(shares) between 1 and 20),
  revision int not null default 1 check (revision > 0),
  drafted_at timestamptz not null
);
comment on table issuance.order_draft is 'What somebody thinks of ordering, as it was last changed; who changed it when is in order_step';
grant select, insert on issuance.order_draft to {{role}};
grant update (programme_id, count, face_cents, on_expiry, sharing, paper, activate_on, shares, revision) on issuance.order_draft to {{role}};

create table issuance.order_quote (
  order_id uuid not null references issuance.order_draft (id),
  version int not null check (version > 0),
  programme_id uuid not null,
  rule_version int not null,
  count int not null check (count > 0),
  face_cents bigint not null check (face_cents > 0),
  total_cents bigint not null check (total_cents = count * face_cents),
  currency char(3) not null check (currency = 'EUR'),
  on_expiry text check (on_expiry in ('refund', 'commons', 'roll_over')),
  sharing text not null check (sharing in ('pro_rata', 'pro_rata_then_next', 'priority')),
  paper boolean not null,
  activate_on text not null check (activate_on in ('cover', 'receipt')),
  -- As they are shown: { kind, count, unitCents, amountCents }.
  lines jsonb not null check (jsonb_typeof(lines) = 'array' and jsonb_array_length(lines) > 0),
  valid_until date not null,
  primary key (order_id, version),
  foreign key (programme_id, rule_version) references issuance.programme_rule (programme_id, version)
);
comment on table issuance.order_quote is 'A price that the operator offered for a draft, frozen, and the last day on which it may be accepted';
grant select, insert on issuance.order_quote to {{role}};
create trigger append_only before update or delete on issuance.order_quote
  for each row execute function issuance.refuse_change();

create table issuance.order_quote_share (
  order_id uuid not null,
  version int not null,
  payer_id uuid not null references issuance.payer (id),
  priority smallint not null check (priority between 0 and 19),
  basis_points int not null check (basis_points between 0 and 10000),
  cap_cents bigint check (cap_cents > 0),
  amount_cents bigint not null check (amount_cents >= 0),
  primary key (order_id, version, payer_id),
  unique (order_id, version, priority),
  foreign key (order_id, version) references issuance.order_quote (order_id, version),
  constraint order_quote_share_within_cap check (amount_cents <= cap_cents)
);
create index order_quote_share_payer on issuance.order_quote_share (payer_id);
comment on table issuance.order_quote_share is 'What each payer would owe of a quote; the shares add up to it, to the cent';
grant select, insert on issuance.order_quote_share to {{role}};
create trigger append_only before update or delete on issuance.order_quote_share
  for each row execute function issuance.refuse_change();

-- Judged at commit, when all shares are there.
create function issuance.check_quote_shares() returns trigger language plpgsql set search_path = pg_catalog as $$
declare points bigint; amount bigint;
begin
  select sum(basis_points), sum(amount_cents) into points, amount
    from issuance.order_quote_share where (order_id, version) = (new.order_id, new.version);
  if points is distinct from 10000 or amount is distinct from new.total_cents then
    raise exception 'the shares of quote % of order % are % basis points and % cents, not 10000 and %',
      new.version, new.order_id, points, amount, new.total_cents using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger order_quote_whole after insert on issuance.order_quote
  deferrable initially deferred for each row execute function issuance.check_quote_shares();

-- Who did what with an order, before and after it was accepted. What other tables say already (accepted: the order's own
-- row; in production, shipped, delivered, funded, active) is no step: it is read from them.
create table issuance.order_step (
  order_id uuid not null,
  number int not null check (number > 0),
  step text not null check (step in ('drafted', 'revised', 'quoted', 'quote_accepted', 'quote_refused', 'proof_submitted',
    'proof_approved', 'proof_sent_back', 'cancelled')),
  quote_version int,
  payer_id uuid,
  reason text check (length(reason) between 1 and 1000),
  reference text check (length(reference) between 1 and 200),
  sha256 char(64) check (sha256 ~ '^[0-9a-f]{64}$'),
  taken_by text not null,
  taken_at timestamptz not null,
  primary key (order_id, number),
  foreign key (order_id, quote_version) references issuance.order_quote (order_id, version),
  foreign key (order_id, quote_version, payer_id) references issuance.order_quote_share (order_id, version, payer_id),
  constraint order_step_of_quote check ((quote_version is not null) = (step in ('quoted', 'quote_accepted', 'quote_refused'))),
  constraint order_step_by_payer check (payer_id is not null or step not in ('quote_accepted', 'quote_refused', 'proof_approved', 'proof_sent_back')),
  constraint order_step_with_reason check (reason is not null or step not in ('quote_refused', 'proof_sent_back', 'cancelled')),
  constraint order_step_of_proof check ((sha256 is not null) = (step in ('proof_submitted', 'proof_approved', 'proof_sent_back'))),
  constraint order_step_named_proof check ((reference is not null) = (step = 'proof_submitted'))
);
-- A payer answers a quote once; an order is cancelled once.
create unique index order_step_quote_answered on issuance.order_step (order_id, quote_version, payer_id)
  where step in ('quote_accepted', 'quote_refused');
create unique index order_step_cancelled on issuance.order_step (order_id) where step = 'cancelled';
comment on table issuance.order_step is 'What somebody decided about a draft or an order: who, when, and why; numbered within the order';
grant select, insert on issuance.order_step to {{role}};
create trigger append_only before update or delete on issuance.order_step
  for each row execute function issuance.refuse_change();

create function issuance.check_order_step() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from issuance.order_draft where id = new.order_id) and not exists (select from issuance.order where id = new.order_id) then
    raise exception 'there is no order or draft %', new.order_id using errcode = 'foreign_key_violation';
  end if;
  if exists (select from issuance.order_step where order_id = new.order_id and step = 'cancelled') then
    raise exception 'order % is cancelled', new.order_id using errcode = 'check_violation', constraint = 'order_step_after_end';
  end if;
  if new.step in ('drafted', 'revised', 'quoted', 'quote_accepted', 'quote_refused')
      and exists (select from issuance.order where id = new.order_id) then
    raise exception 'order % is accepted', new.order_id using errcode = 'check_violation', constraint = 'order_step_after_acceptance';
  end if;
  return new;
end $$;
create trigger check_order_step before insert on issuance.order_step
  for each row execute function issuance.check_order_step();

-- A draft changes while nobody is asked to accept it: not while a quote of it is open, nor after its end.
create function issuance.check_draft_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from issuance.order where id = new.id)
      or exists (select from issuance.order_step where order_id = new.id and step = 'cancelled') then
    raise exception 'draft % has become an order, or was cancelled', new.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger check_draft_change before update on issuance.order_draft
  for each row execute function issuance.check_draft_change();

-- An order that comes of a draft is exactly its last quote, and every payer of that has accepted it.
create function issuance.check_accepted_order() returns trigger language plpgsql set search_path = pg_catalog as $$
declare quote issuance.order_quote;
begin
  if not exists (select from issuance.order_draft where id = new.id) then
    return new;
  end if;
  select * into quote from issuance.order_quote where order_id = new.id order by version desc limit 1;
  if quote.order_id is null
      or (quote.programme_id, quote.rule_version, quote.count, quote.face_cents, quote.on_expiry, quote.sharing, quote.paper, quote.activate_on)
        is distinct from (new.programme_id, new.rule_version, new.count, new.face_cents, new.on_expiry, new.sharing, new.paper, new.activate_on)
      or exists (select from issuance.order_step where order_id = new.id and step = 'cancelled')
      or exists (select from issuance.order_quote_share s where (s.order_id, s.version) = (quote.order_id, quote.version)
        and not exists (select from issuance.order_step t where (t.order_id, t.quote_version, t.payer_id, t.step)
          = (s.order_id, s.version, s.payer_id, 'quote_accepted'))) then
    raise exception 'order % is not what all payers of its last quote accepted', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger order_as_accepted before insert on issuance.order
  for each row execute function issuance.check_accepted_order();
