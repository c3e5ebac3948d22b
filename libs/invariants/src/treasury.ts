// The ledger against the bank and Stripe, as these state themselves: what is there covers what is owed.
import { CHART } from '#libs/ledger';
import { movements, type Invariant } from './invariant.js';

/**
 * What is at Stripe, by custody account: the balance as Stripe lists it, and payments that Stripe called paid and has not
 * listed to us yet, less refunds and transfers that we hold for sent. A movement that nobody has explained counts where it took money, and
 * not where it brought some; a refund or a transfer that we asked for is explained once we know that it left.
 */
const atStripe = `
  select bank_account_id as id, sum(case
      when kind = 'payout' or (kind = 'charge' and exists (select from issuance.card_receipt r where r.stripe_payment_id = m.payment_id)) then net
      when kind = 'charge' then -fee
      when kind = 'refund' and exists (select from settlement.stripe_refund s where s.stripe_refund_id = m.source_id) then net
      when kind = 'refund' and exists (select from settlement.refund f where f.id = m.refund_id) then -fee
      when kind = 'refund_failure' and exists (select from settlement.stripe_refund s where s.stripe_refund_id = m.source_id and s.state = 'failed') then net
      when kind = 'dispute_reversal' and exists (select from settlement.stripe_dispute_end e where e.movement_id = m.id) then net
      when kind = 'transfer' and exists (select from settlement.stripe_transfer t where t.payment_id = m.transfer_payment_id and t.state = 'asked') then -fee
      when kind = 'transfer_reversal' and exists (select from settlement.stripe_transfer t where t.reversal_movement_id = m.id) then net
      else least(net, 0) end)::bigint as amount
  from settlement.stripe_movement m group by 1
  union all
  select f.custody_account_id, -sum(f.amount)::bigint from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id
  where s.refunded_at is not null
    and not exists (select from settlement.stripe_movement m where m.source_id = s.stripe_refund_id and m.kind = 'refund') group by 1
  union all
  select r.bank_account_id, -sum(t.amount)::bigint from settlement.stripe_transfer t join settlement.payment p on p.id = t.payment_id
    join settlement.settlement_run r on r.id = p.run_id
  where t.sent_at is not null
    and not exists (select from settlement.stripe_movement m where m.transfer_id = t.stripe_transfer_id and m.kind = 'transfer') group by 1
  union all
  select p.custody_account_id, sum(r.amount_cents)::bigint from issuance.card_receipt r
    join issuance.card_payment c on c.id = r.card_payment_id join issuance.order o on o.id = c.order_id
    join issuance.programme p on p.id = o.programme_id
  where not exists (select from settlement.stripe_movement m where m.payment_id = r.stripe_payment_id and m.kind = 'charge') group by 1`;

const kindsOf = (ledger: 'issuance' | 'settlement', wanted: (entry: (typeof CHART)[number]) => boolean): string =>
  CHART.filter((entry) => entry.ledger === ledger && wanted(entry)).map(({ kind }) => `'${kind}'`).join(', ');
/** What somebody owes the account. */
const CLAIMS = ['receivable', 'advance', 'place_receivable'];

/**
 * The coverage gap, by custody account: the operator's costs above what it earned there, and what is owed to the account by
 * others. Never below zero: what the operator earned is no cover for anybody else's money that is missing.
 */
const coverageGap = `
  select custody_account_id as id, greatest(sum(amount), 0)::bigint as amount from (
    select custody_account_id, amount from (${movements('issuance')}) i
      where split_part(account, ':', 1) in (${kindsOf('issuance', (entry) => entry.class === 'own' || CLAIMS.includes(entry.kind))})
    union all
    select custody_account_id, amount from (${movements('settlement')}) s
      where split_part(account, ':', 1) in (${kindsOf('settlement', (entry) => entry.class === 'own' || CLAIMS.includes(entry.kind))})
        -- The operator's own bank account: what it took out of this one, less what it paid in.
        or (account like 'bank:%' and account <> 'bank:' || custody_account_id)
    union all
    -- Stripe took a payment back, and its payer does not stand for it yet: the message is under way.
    select m.bank_account_id, -m.amount from settlement.stripe_movement m
      where m.kind = 'dispute' and exists (select from issuance.card_receipt r where r.stripe_payment_id = m.payment_id)
        and not exists (select from issuance.dispute d where d.id = m.source_id)
  ) own group by 1`;

export const TREASURY_RULES: readonly Invariant[] = [
  {
    id: 'L7',
    holds: "the bank and Stripe, as they state themselves, cover every debt of the account, but for the coverage gap: the operator's costs above what it earned",
    tier: 'inspector',
    fault: 'delete one bank line, or owe more than came in',
    sql: `with bank as (select distinct on (bank_account_id) bank_account_id as id, closing_balance as amount
        from settlement.bank_statement order by bank_account_id, ordinal desc),
      stripe as (${atStripe}),
      assets as (select id, sum(amount) as amount from (select * from bank union all select * from stripe union all
        select custody_account_id, amount from (${movements('settlement')}) m where account = 'cash_in_transit') a group by id),
      debts as (select custody_account_id as id, sum(amount) as amount from (
        select custody_account_id, -amount as amount, split_part(account, ':', 1) as kind from (${movements('issuance')}) i
          where split_part(account, ':', 1) in ('unmatched', 'prefund', 'expired', 'refund_due')
        union all select custody_account_id, -amount, 'outstanding' from (${movements('redemption')}) r where account like 'outstanding:%'
        union all select custody_account_id, -amount, split_part(account, ':', 1) from (${movements('settlement')}) s
          where split_part(account, ':', 1) in ('bank_unknown', 'accrued', 'held', 'payable', 'allocated', 'refund_payable', 'transit',
            'commons', 'commons_lent')
        -- Undone, and settlement has not heard of it: the holder has it again, and it still stands among what places are owed.
        union all select t.custody_account_id, -t.amount, 'undone' from redemption.transfer t
          where t.rule = '8' and not exists (select from settlement.transfer s where s.event_id = t.event_id)) d group by 1),
      gap as (${coverageGap})
      select 'bank_account:' || debts.id as row_named,
        'bank, Stripe and what is between them state ' || coalesce(assets.amount, 0) || ' cents, debts are ' || debts.amount
          || ', the gap accounts for ' || coalesce(gap.amount, 0) as detail
      from debts left join assets using (id) left join gap using (id)
      where coalesce(assets.amount, 0) + coalesce(gap.amount, 0) < debts.amount`,
  },
  {
    id: 'L7p',
    holds: 'the ledger knows of the balance at Stripe what Stripe lists, but for payments not listed yet and movements that nobody has explained',
    tier: 'local', schema: 'settlement',
    fault: 'post a fee that Stripe never took',
    sql: `with ledger as (select coalesce(sum(amount), 0) as amount from (${movements('settlement')}) m where account = 'psp'),
      stated as (select coalesce(sum(net), 0) as amount from settlement.stripe_movement),
      unlisted as (select coalesce(sum(amount), 0) as amount from settlement.stripe_charge c
        where not exists (select from settlement.stripe_movement m where m.payment_id = c.payment_id and m.kind = 'charge')),
      sent as (select coalesce(sum(amount), 0) as amount from (
        select f.amount from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id
        where s.refunded_at is not null
          and not exists (select from settlement.stripe_movement m where m.source_id = s.stripe_refund_id and m.kind = 'refund')
        union all select t.amount from settlement.stripe_transfer t where t.sent_at is not null
          and not exists (select from settlement.stripe_movement m where m.transfer_id = t.stripe_transfer_id and m.kind = 'transfer')) s),
      unexplained as (select coalesce(sum(case kind when 'other' then net else amount end), 0) as amount from settlement.stripe_movement m
        where kind = 'other' or (kind = 'charge' and not exists (select from settlement.stripe_charge c where c.payment_id = m.payment_id))
          or (kind = 'refund' and not exists (select from settlement.stripe_refund s where s.stripe_refund_id = m.source_id))
          or (kind = 'refund_failure'
            and not exists (select from settlement.stripe_refund s where s.stripe_refund_id = m.source_id and s.state = 'failed'))
          or (kind = 'dispute' and not exists (select from settlement.stripe_dispute d where d.movement_id = m.id))
          or (kind = 'dispute_reversal' and not exists (select from settlement.stripe_dispute_end e where e.movement_id = m.id))
          or (kind = 'transfer' and not exists (select from settlement.stripe_transfer t where t.stripe_transfer_id = m.transfer_id))
          or (kind = 'transfer_reversal' and not exists (select from settlement.stripe_transfer t where t.reversal_movement_id = m.id)))
      select 'psp' as row_named, 'Stripe lists ' || stated.amount || ', ledger ' || ledger.amount || ', not listed yet ' || unlisted.amount
        || ', sent and not listed yet ' || sent.amount || ', unexplained ' || unexplained.amount as detail
      from ledger, stated, unlisted, sent, unexplained
      where ledger.amount - unlisted.amount + sent.amount <> stated.amount - unexplained.amount`,
  },
  {
    id: 'S30',
    holds: 'each dispute of a payment, and each that was won, is posted once with the amount that Stripe lists',
    tier: 'local', schema: 'settlement',
    fault: 'post a dispute that Stripe never listed',
    sql: `with said as (
        select d.event_id, -d.amount as psp, m.amount as listed from settlement.stripe_dispute d join settlement.stripe_movement m on m.id = d.movement_id
        union all select e.event_id, e.amount, m.amount from settlement.stripe_dispute_end e join settlement.stripe_movement m on m.id = e.movement_id),
      posted as (select event_id, sum(case when debit = 'psp' then amount when credit = 'psp' then -amount else 0 end) as psp
        from settlement.transfer where rule = '30' group by 1)
      select 'event:' || event_id as row_named, 'Stripe lists ' || coalesce(said.listed::text, 'nothing') || ', kept ' || coalesce(said.psp::text, 'nothing')
        || ', posted ' || coalesce(posted.psp::text, 'nothing') as detail
      from said full join posted using (event_id) where said.psp is distinct from posted.psp or said.psp <> said.listed`,
  },
  {
    id: 'S26',
    holds: 'a refund by Stripe left what is owed to its payer when Stripe sent it, and is owed again when it came back',
    tier: 'local', schema: 'settlement',
    fault: 'hold a refund for sent without its posting',
    sql: `with said as (
        select s.refunded_event_id as event_id, f.payer_id, f.amount from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id
          where s.refunded_event_id is not null
        union all select s.failed_event_id, f.payer_id, -f.amount from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id
          where s.failed_event_id is not null and s.refunded_event_id is not null),
      posted as (select event_id, case when credit = 'psp' then debit else credit end as account,
          sum(case when credit = 'psp' then amount else -amount end) as amount
        from settlement.transfer where rule = '26' and 'psp' in (debit, credit) group by 1, 2)
      select 'event:' || event_id as row_named, 'says ' || coalesce(said.amount::text, 'nothing') || ', posted ' || coalesce(posted.amount::text, 'nothing') as detail
      from said full join posted using (event_id)
      where said.amount is distinct from posted.amount or posted.account <> 'refund_payable:' || said.payer_id`,
  },
  {
    id: 'S48',
    holds: 'a payment by Stripe left by one transfer of its amount, and came back by all of it: posted once, and never more of them at Stripe',
    tier: 'local', schema: 'settlement',
    fault: 'list a second transfer of one payment at Stripe',
    sql: `with said as (
        select sent_event_id as event_id, -amount as psp from settlement.stripe_transfer where sent_event_id is not null
        union all select reversed_event_id, amount from settlement.stripe_transfer where reversed_event_id is not null),
      posted as (select event_id, sum(case when debit = 'psp' then amount else -amount end) as psp
        from settlement.transfer where rule in ('15', '17') and 'psp' in (debit, credit) group by 1)
      select 'event:' || event_id as row_named, 'says ' || coalesce(said.psp::text, 'nothing') || ', posted ' || coalesce(posted.psp::text, 'nothing') as detail
      from said full join posted using (event_id) where said.psp is distinct from posted.psp
      union all
      select 'payment:' || m.transfer_payment_id, 'Stripe lists ' || count(*) || ' of it, ' || -sum(m.amount) || ' in all; '
        || coalesce(t.state || ' for ' || t.amount, 'nobody asked for it')
      from settlement.stripe_movement m left join settlement.stripe_transfer t on t.payment_id = m.transfer_payment_id
      where m.kind = 'transfer' and m.transfer_payment_id is not null
      group by m.transfer_payment_id, t.payment_id
      having count(*) > 1 or t.amount is distinct from -sum(m.amount) or t.state = 'refused' or max(m.transfer_id) <> t.stripe_transfer_id
      union all
      select 'payment:' || t.payment_id, 'reversed for ' || t.amount || ', Stripe lists ' || coalesce(m.amount::text, 'nothing')
      from settlement.stripe_transfer t left join settlement.stripe_movement m on m.id = t.reversal_movement_id
      where t.state = 'reversed' and m.amount is distinct from t.amount`,
  },
  {
    id: 'S13',
    holds: 'what lies in bank_unknown is the unknown credits that nobody has identified',
    tier: 'local', schema: 'settlement',
    fault: 'take money out of bank_unknown without saying what it was',
    sql: `with posted as (select coalesce(-sum(amount), 0) as amount from (${movements('settlement')}) m where account = 'bank_unknown'),
      lines as (select coalesce(sum(l.amount), 0) as amount from settlement.bank_line l where l.kind = 'unknown_credit'
        and not exists (select from settlement.bank_line_identification i where i.bank_line_id = l.id))
      select 'bank_unknown' as row_named, 'holds ' || posted.amount || ', lines say ' || lines.amount as detail
      from posted, lines where posted.amount <> lines.amount`,
  },
  {
    id: 'S14',
    holds: 'a payout of Stripe that arrived left the way between, and one that has not is still on it',
    tier: 'local', schema: 'settlement',
    fault: 'bring a payout in without its posting',
    sql: `with way as (select coalesce(sum(amount), 0) as amount from (${movements('settlement')}) m
        where account = 'cash_in_transit' and event_id in (select event_id from settlement.stripe_movement where kind = 'payout'
          union all select event_id from settlement.stripe_payout_arrival)),
      open as (select coalesce(sum(p.amount), 0) as amount from settlement.stripe_payout p
        where not exists (select from settlement.stripe_payout_arrival a where a.payout_id = p.id)),
      entered as (select coalesce(sum(amount), 0) as amount from settlement.transfer where rule = '5' and credit = 'cash_in_transit'),
      arrived as (select coalesce(sum(amount), 0) as amount from settlement.stripe_payout_arrival)
      select 'cash_in_transit' as row_named, 'payouts on the way ' || open.amount || ', ledger ' || way.amount || '; arrived ' || arrived.amount
        || ', posted ' || entered.amount as detail
      from way, open, entered, arrived where way.amount <> open.amount or entered.amount <> arrived.amount`,
  },
  {
    id: 'L7b',
    holds: 'the ledger knows of each bank account what the bank states, but for debits that nobody has explained',
    tier: 'local', schema: 'settlement',
    fault: 'delete one bank line with its posting',
    sql: `with stated as (select bank_account_id as id, closing_balance as amount,
        row_number() over (partition by bank_account_id order by ordinal desc) as place,
        first_value(opening_balance) over (partition by bank_account_id order by ordinal) as opening from settlement.bank_statement),
      ledger as (select split_part(account, ':', 2)::uuid as id, sum(amount) as amount
        from (${movements('settlement')}) m where account like 'bank:%' group by account),
      unexplained as (select bank_account_id as id, sum(amount) as amount from settlement.bank_line where kind = 'unknown_debit' group by 1)
      select 'bank_account:' || stated.id as row_named, 'bank states ' || stated.amount || ', ledger ' || coalesce(ledger.amount, 0)
        || ', unexplained debits ' || coalesce(unexplained.amount, 0) as detail
      from stated left join ledger using (id) left join unexplained using (id)
      where stated.place = 1 and stated.amount - stated.opening <> coalesce(ledger.amount, 0) - coalesce(unexplained.amount, 0)`,
  },
  {
    id: 'S6',
    holds: 'each bank line that names an event is posted to the bank with its amount',
    tier: 'local', schema: 'settlement',
    fault: 'delete the posting of one bank line',
    sql: `select 'bank_line:' || l.id as row_named, l.kind || ' of ' || l.amount || ', posted ' || coalesce(sum(t.amount), 0) as detail
      from settlement.bank_line l left join settlement.transfer t on t.event_id = l.event_id
      where l.event_id is not null group by l.id, l.kind, l.amount having l.amount <> coalesce(sum(t.amount), 0)`,
  },
];
