-- The end of a vintage: what redemption tells of each step, what payers sign off, later dates, claims that are held, and
-- statements that extend an order instead of ending it.

create table issuance.expiry_step (
  event_id uuid primary key,
  batch_id uuid not null references issuance.batch (id),
  programme_id uuid not null references issuance.programme (id),
  usable_until date not null,
  claimable_until date not null,
  step text not null check (step in ('thirty_days', 'fifteen_days', 'seven_days', 'use_ended', 'claims_ended')),
  due_on date not null,
  issued_count int not null check (issued_count > 0),
  handed_over_count int not null check (handed_over_count between 0 and issued_count),
  spendable_count int not null check (spendable_count between 0 and issued_count),
  started_count int not null check (started_count between 0 and spendable_count),
  left_cents bigint not null check (left_cents >= 0),
  currency char(3) not null check (currency = 'EUR'),
  taken_at timestamptz not null,
  unique (batch_id, usable_until, step)
);
create index expiry_step_vintage on issuance.expiry_step (programme_id, usable_until, step);
comment on table issuance.expiry_step is 'Steps towards the end of a batch, with its figures at that moment: issued, handed over, started, left';
grant select, insert on issuance.expiry_step to {{role}};
create trigger append_only before update or delete on issuance.expiry_step
  for each row execute function issuance.refuse_change();

create table issuance.vintage_sign_off (
  programme_id uuid not null references issuance.programme (id),
  usable_until date not null,
  step text not null check (step in ('fifteen_days', 'seven_days')),
  payer_id uuid not null references issuance.payer (id),
  content text not null,
  sha256 text not null,
  signed_by text not null,
  signed_at timestamptz not null,
  primary key (programme_id, usable_until, step, payer_id),
  constraint sha256_of_content check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
create index vintage_sign_off_payer on issuance.vintage_sign_off (payer_id);
comment on table issuance.vintage_sign_off is 'What a payer signed off of its vouchers that end on a day: the figures that it saw, frozen, with their digest';
grant select, insert on issuance.vintage_sign_off to {{role}};
create trigger append_only before update or delete on issuance.vintage_sign_off
  for each row execute function issuance.refuse_change();

-- The seventh day is signed after the fifteenth: a payer acknowledges what is handed over after distributors were told to stop.
create function issuance.check_vintage_sign_off() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from issuance.expiry_step s where (s.programme_id, s.usable_until, s.step) = (new.programme_id, new.usable_until, new.step)) then
    raise exception 'the step % of this vintage is not due', new.step using errcode = 'check_violation';
  end if;
  if new.step = 'seven_days' and not exists (select from issuance.vintage_sign_off f where f.programme_id = new.programme_id
      and f.usable_until = new.usable_until and f.payer_id = new.payer_id and f.step = 'fifteen_days') then
    raise exception 'the fifteenth day is not signed off' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_sign_off before insert on issuance.vintage_sign_off
  for each row execute function issuance.check_vintage_sign_off();

-- Statements: what was rejected of the claims, and dates instead of an end.
alter table issuance.contradictory_statement
  add column rejected_cents bigint not null default 0 check (rejected_cents >= 0),
  add column extended_usable_until date,
  add column extended_claimable_until date,
  add constraint rejected_within_redeemed check (rejected_cents <= redeemed_cents),
  drop constraint contradictory_statement_outcome_check,
  add constraint contradictory_statement_outcome_check check (outcome in ('refund', 'commons', 'roll_over', 'extension')),
  add constraint extension_has_dates check ((outcome = 'extension') = (extended_usable_until is not null)
    and (outcome = 'extension') = (extended_claimable_until is not null) and extended_claimable_until >= extended_usable_until);
alter table issuance.contradictory_statement_share add column rejected_cents bigint not null default 0
  check (rejected_cents >= 0);

alter table issuance.signed_statement
  add column ends_order boolean not null default true,
  drop constraint signed_statement_pkey, add primary key (event_id);
create unique index signed_statement_one_end on issuance.signed_statement (order_id) where ends_order;
create index signed_statement_order on issuance.signed_statement (order_id);
comment on table issuance.signed_statement is 'Statements that every side has signed: any number that extend an order, and at most one that ends it';

create table issuance.order_extension (
  id uuid primary key,
  order_id uuid not null references issuance.order (id),
  -- Null where all agreed before the vouchers expired: nothing had to be stated.
  statement_id uuid unique references issuance.signed_statement (statement_id),
  usable_until date not null,
  claimable_until date not null check (claimable_until >= usable_until),
  extended_by text not null,
  extended_at timestamptz not null,
  unique (order_id, usable_until)
);
comment on table issuance.order_extension is 'Later dates of an order that its payers and the operator agreed on; the latest counts';
grant select, insert on issuance.order_extension to {{role}};
create trigger append_only before update or delete on issuance.order_extension
  for each row execute function issuance.refuse_change();

create table issuance.batch_extension (
  event_id uuid primary key,
  extension_id uuid not null references issuance.order_extension (id),
  batch_id uuid not null references issuance.batch (id),
  amount_cents bigint not null check (amount_cents >= 0),
  voucher_count int not null check (voucher_count >= 0 and (voucher_count = 0) = (amount_cents = 0)),
  -- Expiry runs of the batch that it takes back: the order has ended again when there are more.
  run_count int not null check (run_count >= 0),
  currency char(3) not null check (currency = 'EUR'),
  unique (extension_id, batch_id)
);
create index batch_extension_batch on issuance.batch_extension (batch_id);
comment on table issuance.batch_extension is 'A batch of an extended order, and what had expired of it and is on its vouchers again';
grant select, insert on issuance.batch_extension to {{role}};
create trigger append_only before update or delete on issuance.batch_extension
  for each row execute function issuance.refuse_change();

create view issuance.order_dates as
  select o.id as order_id, coalesce(x.usable_until, r.usable_until) as usable_until,
    coalesce(x.claimable_until, r.claimable_until) as claimable_until
  from issuance.order o
  join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
  left join lateral (select e.usable_until, e.claimable_until from issuance.order_extension e
    where e.order_id = o.id order by e.usable_until desc limit 1) x on true;
comment on view issuance.order_dates is 'Last days of use and of claims of an order: of the rules that it was placed under, or of its latest extension';
grant select on issuance.order_dates to {{role}};

create table issuance.extension_proposal (
  id uuid primary key,
  order_id uuid not null references issuance.order (id),
  usable_until date not null,
  claimable_until date not null check (claimable_until >= usable_until),
  proposed_by text not null,
  proposed_at timestamptz not null
);
create index extension_proposal_order on issuance.extension_proposal (order_id);
comment on table issuance.extension_proposal is 'Later dates that the operator proposes before the vouchers of an order expire';
grant select, insert on issuance.extension_proposal to {{role}};
create trigger append_only before update or delete on issuance.extension_proposal
  for each row execute function issuance.refuse_change();

create table issuance.extension_agreement (
  proposal_id uuid not null references issuance.extension_proposal (id),
  payer_id uuid not null references issuance.payer (id),
  agreed_by text not null,
  agreed_at timestamptz not null,
  primary key (proposal_id, payer_id)
);
comment on table issuance.extension_agreement is 'Payers that agreed to a proposal; with the last of the order it is in force';
grant select, insert on issuance.extension_agreement to {{role}};
create trigger append_only before update or delete on issuance.extension_agreement
  for each row execute function issuance.refuse_change();

-- Claims that settlement holds, and those that it released; one that it rejected is in rejected_claim. In any order.
create table issuance.held_claim (
  claim_line_id uuid primary key,
  order_id uuid not null references issuance.order (id),
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  reason text not null,
  taken_at timestamptz not null
);
create index held_claim_order on issuance.held_claim (order_id);
comment on table issuance.held_claim is 'Claim lines that settlement holds back until somebody decides';
grant select, insert on issuance.held_claim to {{role}};
create trigger append_only before update or delete on issuance.held_claim
  for each row execute function issuance.refuse_change();

create table issuance.released_claim (
  claim_line_id uuid primary key,
  taken_at timestamptz not null
);
comment on table issuance.released_claim is 'Held claim lines that were found right';
grant select, insert on issuance.released_claim to {{role}};
create trigger append_only before update or delete on issuance.released_claim
  for each row execute function issuance.refuse_change();

create or replace function issuance.check_contradictory_statement() returns trigger language plpgsql set search_path = pg_catalog as $$
declare statement issuance.contradictory_statement; parts record;
begin
  select * into statement from issuance.contradictory_statement where id = new.id;
  select coalesce(sum(activated_cents), 0) as activated, coalesce(sum(redeemed_cents), 0) as redeemed,
      coalesce(sum(expired_cents), 0) as expired, coalesce(sum(rejected_cents), 0) as rejected into parts
    from issuance.contradictory_statement_share where statement_id = new.id;
  if (parts.activated, parts.redeemed, parts.expired, parts.rejected) is distinct from
     (statement.activated_cents::numeric, statement.redeemed_cents::numeric, statement.expired_cents::numeric, statement.rejected_cents::numeric) then
    raise exception 'the shares of statement % do not add up to it', new.id using errcode = 'check_violation';
  end if;
  if exists (select payer_id from issuance.order_share where order_id = statement.order_id
             except select payer_id from issuance.contradictory_statement_share where statement_id = new.id)
    or exists (select payer_id from issuance.contradictory_statement_share where statement_id = new.id
               except select payer_id from issuance.order_share where order_id = statement.order_id) then
    raise exception 'statement % is not of the payers of its order', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function issuance.check_signed_statement() returns trigger language plpgsql set search_path = pg_catalog as $$
declare statement issuance.contradictory_statement;
begin
  select * into statement from issuance.contradictory_statement where id = new.statement_id;
  if not exists (select from issuance.statement_signature where statement_id = new.statement_id and party = 'operator')
    or exists (select from issuance.contradictory_statement_share s where s.statement_id = new.statement_id
               and not exists (select from issuance.statement_signature g where g.statement_id = s.statement_id and g.payer_id = s.payer_id)) then
    raise exception 'statement % is not signed by all', new.statement_id using errcode = 'check_violation';
  end if;
  if exists (select from issuance.contradictory_statement b where b.order_id = statement.order_id and b.version > statement.version) then
    raise exception 'statement % was replaced by a later version', new.statement_id using errcode = 'check_violation';
  end if;
  if new.ends_order <> (statement.outcome <> 'extension')
      or exists (select from issuance.signed_statement d where d.order_id = new.order_id and d.ends_order) then
    raise exception 'order % ends once, and an extension does not end it', new.order_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function issuance.refuse_statement_after_signing() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from issuance.signed_statement where order_id = new.order_id and ends_order) then
    raise exception 'order % has a signed statement', new.order_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Rows 23 and 24 move exactly what was signed, and nothing leaves the expired value of an order in another way.
create or replace function issuance.check_expired_draw() returns trigger language plpgsql set search_path = pg_catalog as $$
declare signed bigint; drawn bigint;
begin
  select coalesce(
    (select c.expired_cents from issuance.signed_statement s join issuance.contradictory_statement c on c.id = s.statement_id
      where s.event_id = new.event_id and s.ends_order and 'expired:' || s.order_id = new.debit),
    (select b.amount_cents from issuance.batch_extension b join issuance.order_extension x on x.id = b.extension_id
      where b.event_id = new.event_id and x.statement_id is not null and 'expired:' || x.order_id = new.debit)) into signed;
  select sum(amount) into drawn from issuance.transfer where event_id = new.event_id and debit = new.debit;
  if signed is distinct from drawn then
    raise exception '% cents leave %, signed are %', drawn, new.debit, coalesce(signed::text, 'none') using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- An extension is what was signed: the dates of the statement, and of all that had expired every cent. Judged at commit.
create function issuance.check_order_extension() returns trigger language plpgsql set search_path = pg_catalog as $$
declare statement issuance.contradictory_statement; given bigint;
begin
  select coalesce(sum(amount_cents), 0) into given from issuance.batch_extension where extension_id = new.id;
  if new.statement_id is null then
    if given <> 0 then
      raise exception 'extension % gives % cents back that no statement speaks of', new.id, given using errcode = 'check_violation';
    end if;
    return null;
  end if;
  select * into statement from issuance.contradictory_statement where id = new.statement_id;
  if (statement.outcome, statement.order_id, statement.extended_usable_until, statement.extended_claimable_until, statement.expired_cents)
      is distinct from ('extension', new.order_id, new.usable_until, new.claimable_until, given) then
    raise exception 'extension % is not what was signed', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger extension_as_signed after insert on issuance.order_extension
  deferrable initially deferred for each row execute function issuance.check_order_extension();
